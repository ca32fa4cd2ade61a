--- What nvim-dap is told, by a stand-in for it: adapter, configurations, and what a session is launched with.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")
local provable = require("provable")
local binary = assert(vim.env.PROVABLE, "PROVABLE names the binary")

local FIRST = "PUSH 1\nWRITE\nHALT\n"

-- Without nvim-dap everything else works, and who wants to debug is told what is missing.
provable.setup({ cmd = binary })
t.open(FIRST)
t.attached()
vim.cmd("Provable debug")
t.hear("debugging needs the plugin nvim%-dap %(https://.*:help provable%-debugging")

-- As much of nvim-dap as is used here.
local dap = { adapters = {}, configurations = {}, ABORT = {} }
local launched, breakpoints = nil, {}
function dap.run(configuration)
  launched = configuration
end
package.preload["dap"] = function()
  return dap
end
package.preload["dap.breakpoints"] = function()
  return {
    get = function()
      return breakpoints
    end,
  }
end

-- A program that is opened makes all programs known.
local path = t.open(FIRST)
local buffer = vim.api.nvim_get_current_buf()
t.check("nvim-dap is given an adapter", dap.adapters.provable ~= nil)
local function started()
  local found
  dap.adapters.provable(function(adapter)
    found = adapter
  end)
  return found
end
t.check("the adapter is the server's binary: " .. vim.inspect(started()), vim.deep_equal(started(), {
  type = "executable",
  command = binary,
  args = { "dap" },
}))

-- What a launch is, as the adapter reads it: no name is one that it does not know.
local source = table.concat(vim.fn.readfile(vim.fs.dirname(vim.fs.dirname(t.plugin)) .. "/server/src/dap/protocol/launch.rs"), "\n")
local known = { type = true, request = true, name = true }
local struct = source:match("pub struct Launch {(.-)\n}")
for field in struct:gmatch("pub ([%w_]+):") do
  known[field:gsub("_(%l)", string.upper)] = true
end
for renamed in struct:gmatch('rename = "(%w+)"') do
  known[renamed] = true
end
local function check_launch(what, launch, wanted)
  for name in pairs(launch) do
    t.check(what .. ": the adapter knows no " .. name, known[name])
  end
  wanted = vim.tbl_extend("keep", wanted, { type = "provable", request = "launch", name = "Debug story.prov", program = path })
  t.check(what .. " launches " .. vim.inspect(launch), vim.deep_equal(launch, wanted))
end

-- The command: at the beginning, unless there is a breakpoint to run to.
vim.cmd("Provable debug")
check_launch("the command without a breakpoint", launched, { stopOnEntry = true })
breakpoints = { [buffer] = { { line = 2 } } }
vim.cmd("Provable debug")
check_launch("the command with a breakpoint", launched, {})
breakpoints = {}

-- What was edited is written: the debugger reads the file.
t.edit(0, 1, { "PUSH 2" })
vim.cmd("Provable debug")
t.check("the program is written", not vim.bo.modified and vim.fn.readfile(path)[1] == "PUSH 2")

-- A lens or an action, at a step.
local lens = require("provable.commands").for_lenses()["provable.debug"]
lens({ arguments = { { uri = vim.uri_from_bufnr(buffer), step = 3 } } }, { bufnr = buffer })
check_launch("a lens", launched, { stopAtStep = 3 })

-- The server offers the lens and an action at a trap, to an editor that has nvim-dap.
local function restart()
  local before = t.attached()
  vim.cmd("Provable restart")
  t.wait("no other server attaches", function()
    local client = t.client()
    return client and client.initialized and client.id ~= before.id
  end)
end
restart()
t.lens("^Debug$")
vim.cmd("Provable run")
t.edit(0, -1, { "PUSH 0", "ASSERT", "HALT" })
vim.cmd("Provable run")
local trap = t.wait("the trap is not shown", function()
  return vim.iter(vim.diagnostic.get(buffer)):find(function(one)
    return one.message:find("trapped here")
  end)
end)
vim.api.nvim_win_set_cursor(0, { trap.lnum + 1, 0 })
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.title == "Debug here"
  end,
})
t.wait("Debug here launches nothing", function()
  return launched.stopAtStep == "end"
end)
check_launch("Debug here", launched, { stopAtStep = "end" })

-- The configurations that are chosen by name, as nvim-dap calls them.
local function chosen(number)
  local configuration = dap.configurations.provable[number]
  return getmetatable(configuration).__call(configuration)
end
t.check("there are two configurations", #dap.configurations.provable == 2)
check_launch("the first configuration", chosen(1), { stopOnEntry = true })
local input = vim.fn.input
vim.fn.input = function()
  return "12"
end
check_launch("the second configuration", chosen(2), { stopAtStep = 12 })
vim.fn.input = function()
  return ""
end
t.check("without a step there is no session", chosen(2).stopAtStep == dap.ABORT)
vim.fn.input = input

-- Settings hold for the next session: as far as Run would go, and the binary that serves.
local wrapped = t.stand_in("wrapped", ('exec "%s" "$@"'):format(binary))
provable.setup({ cmd = { wrapped, "lsp" }, settings = { limits = { steps = 500, memoryMiB = 64 } } })
vim.cmd("Provable debug")
check_launch("a limit", launched, { stopOnEntry = true, stepLimit = 500, memoryLimitMiB = 64 })
restart()
t.check("the adapter is not the one of the settings: " .. vim.inspect(started()), vim.deep_equal(started(), {
  type = "executable",
  command = wrapped,
  args = { "dap" },
}))
provable.setup({ cmd = "provable-that-is-nowhere" })
vim.cmd("Provable restart")
t.hear('there is no executable "provable%-that%-is%-nowhere"')
t.check("there is no adapter then", started() == nil)
t.hear('there is no executable "provable%-that%-is%-nowhere"')

-- What a user has set for programs stays, and who wants none of this has none.
dap.adapters.provable, dap.configurations.provable = "theirs", {}
t.open(FIRST)
t.check("a user's own adapter stays", dap.adapters.provable == "theirs")
t.check("a user's own configurations stay", #dap.configurations.provable == 0)
dap.adapters.provable = nil
provable.setup({ cmd = binary, debugging = false })
t.open(FIRST)
t.check("nothing is set up that is not wanted", dap.adapters.provable == nil)

-- A program without a file.
vim.cmd.enew()
vim.bo.filetype = "provable"
vim.cmd("Provable debug")
t.hear("reads the program from its file: write it first")
print("debugging: passed")
