--- What the tests share: the plugin as a user has it, a folder of their own, and waiting for things to become so.
local M = {}

local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
M.plugin = vim.fs.dirname(vim.fs.normalize(vim.fn.fnamemodify(here, ":p")))

--- What the editor said, oldest first.
M.said = {}

vim.notify = function(message)
  table.insert(M.said, message)
end

vim.opt.runtimepath:prepend(M.plugin)
vim.cmd("filetype plugin indent on")
vim.cmd("syntax on")
vim.cmd.runtime("plugin/provable.lua")

--- Ends the test with a reason, and all that the editor said.
function M.fail(reason)
  io.stderr:write("FAILED: " .. reason .. "\nThe editor said:\n  " .. table.concat(M.said, "\n  ") .. "\n")
  os.exit(1)
end

--- Waits until something is so, and gives what it was. Generous: only a failure takes that long.
function M.wait(what, is_so)
  local value
  local ok = vim.wait(240000, function()
    value = is_so()
    return value and true or false
  end, 10)
  if not ok then
    M.fail(what)
  end
  return value
end

function M.check(what, is_so)
  if not is_so then
    M.fail(what)
  end
end

--- Lets everything happen that has been scheduled until now.
function M.settle()
  local has_settled = false
  vim.schedule(function()
    has_settled = true
  end)
  M.wait("the editor does not settle", function()
    return has_settled
  end)
end

--- Waits for the editor to say something, and forgets all it said.
function M.hear(pattern)
  local heard = M.wait("the editor did not say " .. pattern, function()
    return vim.iter(M.said):find(function(message)
      return message:find(pattern)
    end)
  end)
  M.said = {}
  return heard
end

--- A folder that goes with the test.
function M.folder()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  return folder
end

--- Opens a program in a folder of its own.
function M.open(text)
  local path = M.folder() .. "/story.prov"
  M.write(path, text)
  vim.cmd.edit(path)
  return path
end

function M.write(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

--- A shell script that stands in for the binary.
function M.stand_in(name, script)
  local path = M.folder() .. "/" .. name
  M.write(path, "#!/bin/sh\n" .. script .. "\n")
  vim.fn.setfperm(path, "rwx------")
  return path
end

function M.client()
  return vim.lsp.get_clients({ name = "provable", bufnr = 0 })[1]
end

function M.attached()
  return M.wait("the server does not attach", function()
    local client = M.client()
    return client and client.initialized and client
  end)
end

--- Sends a request and gives its answer.
function M.ask(method, params)
  params = vim.tbl_extend("keep", params or {}, { textDocument = { uri = vim.uri_from_bufnr(0) } })
  local answers = vim.lsp.buf_request_sync(0, method, params, 60000) or {}
  local _, one = next(answers)
  if not one or (one.err or one.error) then
    M.fail(method .. ": " .. vim.inspect(one))
  end
  return one.result
end

--- The titles of the lenses that the buffer shows.
function M.lenses()
  local shown = vim.lsp.codelens.get(vim.lsp.codelens.enable and { bufnr = 0 } or 0)
  return vim.tbl_map(function(one)
    return (one.lens or one).command.title
  end, shown)
end

--- Waits for a lens.
function M.lens(pattern)
  return M.wait("no lens shows " .. pattern, function()
    return vim.iter(M.lenses()):find(function(title)
      return title:find(pattern)
    end)
  end)
end

--- Runs a lens as a user does: the cursor on its line, and the choice among those that stand there.
function M.run_lens(title)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local select, chosen = vim.ui.select, false
  vim.ui.select = function(items, options, done)
    for _, item in ipairs(items) do
      if vim.startswith(options.format_item(item), title) then
        chosen = true
        return done(item)
      end
    end
    M.fail("there is no lens " .. title .. " to choose")
  end
  vim.lsp.codelens.run()
  M.wait("the lens " .. title .. " was not chosen", function()
    return chosen
  end)
  vim.ui.select = select
end

--- Waits for the status line.
function M.status(pattern)
  return M.wait("the status line does not show " .. pattern, function()
    local text = require("provable").statusline()
    return text:find(pattern) and text
  end)
end

--- An edit as its user makes it: with the events that Neovim raises when it waits for the next key.
function M.edit(first, last, lines)
  vim.api.nvim_buf_set_lines(0, first, last, true, lines)
  vim.api.nvim_exec_autocmds("TextChanged", { buffer = 0 })
end

return M
