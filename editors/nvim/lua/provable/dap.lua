--- Debugging through nvim-dap, a plugin of its own: its adapter is the server's binary, `provable dap`.
local config = require("provable.config")
local M = {}

local NAME = "provable"
local MISSING = "debugging needs the plugin nvim-dap (https://github.com/mfussenegger/nvim-dap): see :help provable-debugging"

--- nvim-dap, if it is installed.
local function client()
  local is_there, dap = pcall(require, "dap")
  return is_there and dap or nil
end

--- Whether programs can be debugged.
function M.is_there()
  return client() ~= nil
end

--- The server's own command line, but for what it is to be: looked up for each session, since settings change.
local function adapter(callback)
  local command = require("provable.lsp").command() or config.command()
  local path, problem = require("provable.binary").find(command[1])
  if not path then
    return vim.notify("provable: " .. problem, vim.log.levels.ERROR)
  end
  local arguments = vim.tbl_map(function(word)
    return word == "lsp" and "dap" or word
  end, vim.list_slice(command, 2))
  callback({ type = "executable", command = path, args = arguments })
end

--- The program in a buffer, written: the debugger reads the file.
local function program(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if vim.bo[buffer].modified and name ~= "" then
    vim.api.nvim_buf_call(buffer, function()
      vim.cmd("silent write")
    end)
  end
  return name
end

--- Without a breakpoint in it, a program would be at its end before anybody has seen it.
local function stops_on_entry(buffer)
  local breakpoints = require("dap.breakpoints").get(buffer)
  return vim.tbl_isempty(breakpoints[buffer] or {})
end

--- What a session is launched with.
--- @param buffer integer
--- @param step? integer|"end" where to stop first
--- @param test? string the test to debug instead of the program, by its id
function M.launch(buffer, step, test)
  local name = program(buffer)
  return {
    type = NAME,
    request = "launch",
    name = "Debug " .. vim.fs.basename(name),
    program = name,
    test = test,
    stopAtStep = step,
    stopOnEntry = step == nil and stops_on_entry(buffer) or nil,
    -- As far as Run would go.
    stepLimit = vim.tbl_get(config.get().settings, "limits", "steps"),
    memoryLimitMiB = vim.tbl_get(config.get().settings, "limits", "memoryMiB"),
  }
end

--- Debugs the program in a buffer, or one of its tests, at a step if one is given.
--- @param buffer integer
--- @param step? integer|"end"
--- @param test? string
function M.debug(buffer, step, test)
  local dap = client()
  if not dap then
    return vim.notify("provable: " .. MISSING, vim.log.levels.ERROR)
  end
  if vim.api.nvim_buf_get_name(buffer) == "" then
    return vim.notify("provable: the debugger reads the program from its file: write it first", vim.log.levels.ERROR)
  end
  M.setup()
  dap.run(M.launch(buffer, step, test))
end

--- The configuration that a user chooses by its name: what it launches is known once it is chosen.
local function chosen(name, step)
  return setmetatable({ type = NAME, request = "launch", name = name }, {
    __call = function()
      return M.launch(vim.api.nvim_get_current_buf(), step and step())
    end,
  })
end

local function ask_for_step()
  local steps = tonumber(vim.fn.input("After how many steps? "))
  -- Nothing, or something else than a number: no session.
  return steps or client().ABORT
end

--- Makes programs known to nvim-dap, if it is installed; what the user has set for them stays.
--- @return boolean whether it is installed
function M.setup()
  local dap = client()
  if not dap then
    return false
  end
  dap.adapters[NAME] = dap.adapters[NAME] or adapter
  dap.configurations[NAME] = dap.configurations[NAME]
    or { chosen("Debug this program"), chosen("Debug this program at a step", ask_for_step) }
  return true
end

--- The same for a program that was opened, unless the user does not want it.
function M.autosetup()
  if config.get().debugging then
    M.setup()
  end
end

return M
