vim.filetype.add({ extension = { prov = "provable" } })
