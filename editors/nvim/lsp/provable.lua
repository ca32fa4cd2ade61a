-- Neovim 0.11 and later find the client's configuration here; vim.lsp.config("provable", …) has the last word.
return require("provable.lsp").configuration()
