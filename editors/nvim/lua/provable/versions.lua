--- What Neovim 0.10 calls otherwise than later ones.
local M = {}

--- Neovim 0.11 keeps configurations by name; before, a plugin starts the client itself.
M.HAS_CONFIGS = vim.fn.has("nvim-0.11") == 1

--- Calls a client's method.
--- @param client vim.lsp.Client
--- @param method string
function M.call(client, method, ...)
  if M.HAS_CONFIGS then
    return client[method](client, ...)
  end
  return client[method](...)
end

return M
