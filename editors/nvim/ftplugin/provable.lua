-- The server decides what is a word's meaning; the editor must take a name such as `loop.end` for one word.
vim.opt_local.commentstring = "# %s"
vim.opt_local.comments = ":#,:;"
vim.opt_local.iskeyword = "@,48-57,_,."
vim.opt_local.expandtab = true
vim.opt_local.shiftwidth = 4
vim.b.undo_ftplugin = "setlocal commentstring< comments< iskeyword< expandtab< shiftwidth<"

-- A parser for tree-sitter is optional; syntax/provable.vim serves without one.
pcall(vim.treesitter.start)
