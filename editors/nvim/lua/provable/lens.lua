--- Lenses. Neovim 0.12 keeps them up to date by itself; before, they are fetched here: whenever the server says that
--- something changed, and after edits.
local versions = require("provable.versions")
local M = {}

--- Whether Neovim keeps lenses up to date.
M.is_builtin = vim.lsp.codelens.enable ~= nil

--- Buffers whose lenses are being fetched: false, or true when they are to be fetched once more after that.
local fetching = {}

local function fetch(buffer)
  local lsp = require("provable.lsp")
  local client = vim.api.nvim_buf_is_loaded(buffer) and lsp.client(buffer)
  if not client then
    fetching[buffer] = nil
    return
  end
  if fetching[buffer] ~= nil then
    fetching[buffer] = true
    return
  end
  fetching[buffer] = false
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) } }
  versions.call(client, "request", "textDocument/codeLens", params, function(wrong, lenses, context)
    local again = fetching[buffer]
    fetching[buffer] = nil
    if not wrong then
      vim.lsp.codelens.on_codelens(nil, lenses, context)
    end
    if again then
      fetch(buffer)
    end
  end, buffer)
end

--- The server's word that lenses changed, as a handler.
function M.on_refresh(...)
  local builtin = vim.lsp.handlers["workspace/codeLens/refresh"]
  if builtin then
    return builtin(...)
  end
  for _, buffer in ipairs(require("provable.lsp").buffers()) do
    fetch(buffer)
  end
  return vim.NIL
end

--- Shows the lenses of a buffer from now on.
function M.enable(buffer)
  if M.is_builtin then
    return vim.lsp.codelens.enable(true, { bufnr = buffer })
  end
  local group = vim.api.nvim_create_augroup("provable.lens", { clear = false })
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  vim.api.nvim_create_autocmd({ "BufEnter", "TextChanged", "InsertLeave" }, {
    group = group,
    buffer = buffer,
    callback = function()
      fetch(buffer)
    end,
  })
  vim.api.nvim_create_autocmd("LspDetach", {
    group = group,
    buffer = buffer,
    callback = function(event)
      vim.lsp.codelens.clear(event.data.client_id, buffer)
    end,
  })
  fetching[buffer] = nil
  fetch(buffer)
end

return M
