--- :Provable, and the commands behind the lenses: both end here, so that both show progress and errors alike.
local versions = require("provable.versions")
local M = {}

--- The server's commands that start work.
local STARTS = { "run", "prove", "verify" }

local count = 0

--- Has the server do something for a program. Work reports its progress under a token that names the buffer.
--- @param name string without the prefix `provable.`
--- @param buffer integer
--- @param callback? fun(answer: any)
--- @param argument? any what the server is told; the program's URI if it is nil
function M.execute(name, buffer, callback, argument)
  local lsp = require("provable.lsp")
  local client = lsp.client(buffer)
  if not client then
    local why = lsp.problem or "the language server is not running; :Provable restart starts it, :checkhealth provable looks closer"
    return vim.notify("provable: " .. why, vim.log.levels.ERROR)
  end
  local params = { command = "provable." .. name, arguments = { argument or vim.uri_from_bufnr(buffer) } }
  if vim.list_contains(STARTS, name) then
    count = count + 1
    params.workDoneToken = require("provable.status").token(buffer, name, count)
  end
  versions.call(client, "request", "workspace/executeCommand", params, function(wrong, answer)
    if wrong then
      require("provable.status").drop(params.workDoneToken)
      vim.notify("provable: " .. wrong.message, vim.log.levels.ERROR)
    elseif callback then
      callback(answer)
    end
  end, buffer)
end

local function current()
  local buffer = vim.api.nvim_get_current_buf()
  if vim.bo[buffer].filetype == "provable" then
    return buffer
  end
  vim.notify("provable: the current buffer is no program: its file type is not provable", vim.log.levels.ERROR)
end

local function on_current(name, callback)
  return function()
    local buffer = current()
    if buffer then
      M.execute(name, buffer, callback)
    end
  end
end

--- Says that all tests passed. That some failed, the server says.
local function tell_tests(answer)
  if answer.failed == 0 then
    vim.notify(("provable: %d passed"):format(answer.passed), vim.log.levels.INFO)
  end
end

--- What follows :Provable.
M.all = {
  run = on_current("run"),
  prove = on_current("prove"),
  verify = on_current("verify"),
  cancel = on_current("cancel"),
  status = on_current("status", function(answer)
    vim.notify("provable: " .. answer.text, vim.log.levels.INFO)
  end),
  test = function()
    local buffer = current()
    if buffer then
      M.execute("test", buffer, tell_tests, { uri = vim.uri_from_bufnr(buffer) })
    end
  end,
  debug = function()
    local buffer = current()
    if buffer then
      require("provable.dap").debug(buffer)
    end
  end,
  restart = function()
    require("provable.lsp").restart()
  end,
}

local function names()
  local all = vim.tbl_keys(M.all)
  table.sort(all)
  return all
end

--- :Provable NAME
--- @param arguments string[]
function M.call(arguments)
  local command = #arguments == 1 and M.all[arguments[1]]
  if command then
    return command()
  end
  local given = #arguments == 0 and "it takes one of" or ("there is no %q; there are"):format(table.concat(arguments, " "))
  vim.notify((":Provable: %s %s"):format(given, table.concat(names(), ", ")), vim.log.levels.ERROR)
end

--- The names that begin as what is typed, after :Provable itself.
function M.complete(typed, line)
  if line:match("^%s*%S+%s+%S+%s") then
    return {}
  end
  return vim.tbl_filter(function(name)
    return vim.startswith(name, typed)
  end, names())
end

--- What lenses and code actions call, by the server's names.
function M.for_lenses()
  local commands = {}
  for _, name in ipairs({ "run", "prove", "verify", "cancel", "createInputs" }) do
    commands["provable." .. name] = function(command, context)
      local uri = command.arguments and command.arguments[1]
      local buffer = type(uri) == "string" and vim.uri_to_bufnr(uri) or context.bufnr
      M.execute(name, buffer)
    end
  end
  commands["provable.test"] = function(command, context)
    M.execute("test", context.bufnr, tell_tests, command.arguments and command.arguments[1])
  end
  commands["provable.debug"] = function(command, context)
    local what = command.arguments and command.arguments[1] or {}
    local buffer = what.uri and vim.uri_to_bufnr(what.uri) or context.bufnr
    require("provable.dap").debug(buffer, what.step, what.test)
  end
  commands["provable.show"] = function(_, context)
    M.execute("status", context.bufnr, function(answer)
      vim.notify("provable: " .. answer.text, vim.log.levels.INFO)
    end)
  end
  return commands
end

return M
