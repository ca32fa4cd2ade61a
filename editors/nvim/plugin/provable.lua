if vim.g.loaded_provable then
  return
end
vim.g.loaded_provable = true

if vim.fn.has("nvim-0.10") == 0 then
  vim.notify("provable: this plugin needs Neovim 0.10 or later", vim.log.levels.ERROR)
  return
end

vim.api.nvim_create_user_command("Provable", function(call)
  require("provable.commands").call(call.fargs)
end, {
  nargs = "*",
  desc = "Run, debug, prove and verify the program in this buffer",
  complete = function(typed, line)
    return require("provable.commands").complete(typed, line)
  end,
})

vim.api.nvim_create_autocmd("FileType", {
  group = vim.api.nvim_create_augroup("provable.start", {}),
  pattern = "provable",
  callback = function()
    require("provable.lsp").autostart()
    require("provable.dap").autosetup()
  end,
})
