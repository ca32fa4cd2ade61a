--- The plugin's settings.
local M = {}

--- The oldest server whose commands and lenses are what this plugin expects.
M.needs = "0.2.0"

local defaults = {
  --- The binary, as a path or a name on PATH (or where it is installed); or the whole command line as a list.
  cmd = "provable",
  --- Start the server when a program is opened.
  autostart = true,
  --- Show Run, Prove, Verify and results over the program.
  lenses = true,
  --- Show depths, values and results behind the lines.
  hints = true,
  --- Make programs known to nvim-dap, if it is installed.
  debugging = true,
  --- What the server is told, as docs/editor.md lists it: `lens`, `hints`, `limits`, `tier`.
  settings = {},
}

local current = vim.deepcopy(defaults)

--- What is wrong with a setting of this name and value, if anything.
local function problem(name, value)
  local default = defaults[name]
  if default == nil then
    local names = vim.tbl_keys(defaults)
    table.sort(names)
    return ("there is no setting %q; there are %s"):format(name, table.concat(names, ", "))
  end
  local is_list = name == "cmd" and type(value) == "table" and type(value[1]) == "string"
  if type(value) ~= type(default) and not is_list then
    return ("the setting %s is a %s, not a %s"):format(name, type(default), type(value))
  end
end

--- Takes in settings over the defaults; a wrong one is named and left out.
function M.set(options)
  current = vim.deepcopy(defaults)
  for name, value in pairs(options or {}) do
    local wrong = problem(name, value)
    if wrong then
      vim.notify("provable: " .. wrong .. ". See :help provable-settings", vim.log.levels.ERROR)
    else
      current[name] = value
    end
  end
end

function M.get()
  return current
end

--- Where cargo and install.sh put programs: not every session that starts an editor has these on its PATH.
local FOLDERS = { "~/.cargo/bin/", "~/.local/bin/" }

--- A program that is on PATH or named by its path as it is; another where it may have been installed.
local function find(program)
  if program:find("/") or vim.fn.executable(program) == 1 then
    return program
  end
  for _, folder in ipairs(FOLDERS) do
    local path = vim.fs.normalize(folder .. program)
    if vim.fn.executable(path) == 1 then
      return path
    end
  end
  return program
end

--- The command line that serves the editor.
--- @return string[]
function M.command()
  local cmd = current.cmd
  return type(cmd) == "table" and cmd or { find(vim.fs.normalize(cmd)), "lsp" }
end

return M
