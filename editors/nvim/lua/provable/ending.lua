--- How a server ends: because it was asked to, by accident, or with the editor.
local versions = require("provable.versions")
local M = {}

--- Milliseconds that a server has to end in when it is asked to.
local PATIENCE = 2000
local TERM = 15

--- Clients that were asked to end, so that their end is no accident.
local dismissed = {}

local function is_gone(client)
  return vim.lsp.get_client_by_id(client.id) == nil
end

local function how(code, signal)
  if signal ~= 0 then
    return ("was killed by signal %d"):format(signal)
  elseif code == 2 then
    return "did not understand its command line (exit status 2): it is older than this plugin, or the setting cmd is wrong"
  end
  return ("ended with exit status %d"):format(code)
end

--- Says why a server ended that nobody asked to.
function M.on_exit(code, signal, id)
  vim.schedule(function()
    -- The signal is what Neovim itself sends when a user stops a client by force.
    local was_asked = dismissed[id] or (code == 0 and signal == 0) or signal == TERM
    dismissed[id] = nil
    if vim.v.exiting ~= vim.NIL then
      return
    end
    require("provable.status").forget()
    if was_asked then
      return
    end
    vim.notify(
      ("provable: the language server %s; the text is untouched. :Provable restart starts it again. What it said last is in %s"):format(
        how(code, signal),
        require("vim.lsp.log").get_filename()
      ),
      vim.log.levels.ERROR
    )
  end)
end

--- Neovim asks for hints and diagnostics of attached buffers whenever it likes; a server that was told to shut down may
--- only answer that such a request is invalid, and the user would be told so.
local function detach(client)
  for _, buffer in ipairs(vim.tbl_keys(client.attached_buffers)) do
    vim.lsp.buf_detach_client(buffer, client.id)
  end
end

--- Has servers end, and calls back when they have.
--- @param clients vim.lsp.Client[]
--- @param callback fun()
function M.dismiss(clients, callback)
  for _, client in ipairs(clients) do
    dismissed[client.id] = true
    detach(client)
    versions.call(client, "stop")
  end
  local turns = PATIENCE / 10
  local function look()
    local left = vim.tbl_filter(function(client)
      return not is_gone(client)
    end, clients)
    if #left == 0 then
      return callback()
    end
    turns = turns - 1
    if turns == 0 then
      -- Its work is in no file yet, so nothing is lost.
      for _, client in ipairs(left) do
        versions.call(client, "stop", true)
      end
    end
    vim.defer_fn(look, 10)
  end
  look()
end

-- Neovim's own autocommand, which stops every client, stands before this one only once this is loaded.
require("vim.lsp")

-- A server may ask something while it is told to end. Neovim would answer into a pipe that nobody reads any more, at a
-- time when it is no longer prepared for that: it would be killed by SIGPIPE, after the user's texts are safe but with a
-- status that whatever started it takes for a failure. So it leaves after its servers.
vim.api.nvim_create_autocmd("VimLeavePre", {
  group = vim.api.nvim_create_augroup("provable.ending", {}),
  callback = function()
    local clients = vim.lsp.get_clients({ name = require("provable.lsp").NAME })
    vim.iter(clients):each(detach)
    local have_ended = vim.wait(PATIENCE, function()
      return vim.iter(clients):all(is_gone)
    end, 5)
    if not have_ended then
      for _, client in ipairs(clients) do
        versions.call(client, "stop", true)
      end
    end
  end,
})

return M
