--- Whether the server's binary is there and fits, asked before it is started: so that what is wrong is said in words.
local config = require("provable.config")
local M = {}

local HOW = 'Build it in the project\'s folder with "cargo install --locked --path server", or name it with '
  .. 'require("provable").setup({ cmd = "/path/to/provable" }); then :Provable restart'

--- Milliseconds that a healthy binary has to say its version in.
local PATIENCE = 10000

--- What `provable --version` came to.
--- @return string? problem, string? version
local function judge(program, done)
  if done.code ~= 0 or done.signal ~= 0 then
    local how = done.signal ~= 0 and ("was killed by signal " .. done.signal)
      or ("failed with exit status " .. done.code)
    local said = vim.split(vim.trim(done.stderr or ""), "\n")[1]
    return ('"%s --version" %s%s. %s'):format(program, how, said ~= "" and ": " .. said or "", HOW)
  end
  local text = vim.trim(done.stdout or "")
  local version = vim.startswith(text, "provable ") and vim.version.parse(text)
  if not version then
    return ('%s is not provable: it calls itself "%s". %s'):format(program, text, HOW)
  end
  if vim.version.lt(version, config.needs) then
    return ("%s is version %s, and this plugin needs %s or later. %s"):format(
      program,
      tostring(version),
      config.needs,
      HOW
    )
  end
  return nil, tostring(version)
end

--- The program that will be started: its path, or nil and what is wrong.
--- @param program string
--- @return string? path, string? problem
function M.find(program)
  local path = vim.fn.exepath(program)
  if path ~= "" then
    return path
  end
  local where = program:find("/") and "" or " on PATH"
  return nil, ('there is no executable "%s"%s. %s'):format(program, where, HOW)
end

--- Asks the binary for its version, and calls back with a problem, or with nil and the version.
--- @param program string
--- @param callback fun(problem: string?, version: string?)
function M.check(program, callback)
  local path, problem = M.find(program)
  if not path then
    -- Later, as every other answer: an error within an autocommand would be shown with its whole stack.
    return vim.schedule(function()
      callback(problem)
    end)
  end
  local answered = vim.schedule_wrap(function(done)
    callback(judge(path, done))
  end)
  local ok, wrong = pcall(vim.system, { path, "--version" }, { text = true, timeout = PATIENCE }, answered)
  if not ok then
    vim.schedule(function()
      callback(("%s cannot be started: %s. %s"):format(path, wrong, HOW))
    end)
  end
end

--- The same, waiting for it.
--- @return string? problem, string? version
function M.check_now(program)
  local answer
  M.check(program, function(...)
    answer = { ... }
  end)
  vim.wait(PATIENCE + 1000, function()
    return answer ~= nil
  end, 10)
  if not answer then
    return ('"%s --version" did not end. %s'):format(program, HOW)
  end
  return answer[1], answer[2]
end

return M
