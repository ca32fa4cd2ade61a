--- What the editor says when the binary is missing, too old, something else, crashes at start, or is killed.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")
local provable = require("provable")

local folder = vim.fn.tempname()
vim.fn.mkdir(folder, "p")

--- A program that stands in for the binary.
local function stand_in(name, script)
  local path = folder .. "/" .. name
  t.write(path, "#!/bin/sh\n" .. script .. "\n")
  vim.fn.setfperm(path, "rwx------")
  return path
end

-- Missing: said once, with the way out, and again only when asked.
provable.setup({ cmd = "provable-that-is-nowhere" })
t.open("HALT\n")
t.hear('there is no executable "provable%-that%-is%-nowhere" on PATH.*cargo install.*setup')
t.check("nothing is running", t.client() == nil and provable.statusline() == "provable: off")
vim.cmd.edit()
t.settle()
t.check("it is not said again", #t.said == 0)
vim.cmd("Provable run")
t.hear("there is no executable.*cargo install")

vim.cmd("checkhealth provable")
local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
t.check("health names what is missing:\n" .. report, report:find("there is no executable", 1, true))
t.check("health says what to do:\n" .. report, report:find("cargo install", 1, true))
vim.cmd.bwipeout()

-- Too old.
provable.setup({ cmd = stand_in("old", "echo provable 0.0.9") })
vim.cmd("Provable restart")
t.hear("old is version 0%.0%.9, and this plugin needs 0%.1%.0 or later.*cargo install")

-- Something else by that name.
provable.setup({ cmd = stand_in("other", "echo other 3.1") })
vim.cmd("Provable restart")
t.hear('is not provable: it calls itself "other 3%.1"')

-- It cannot even say its version.
provable.setup({ cmd = stand_in("broken", "echo no such library >&2; exit 127") })
vim.cmd("Provable restart")
t.hear('broken %-%-version" failed with exit status 127: no such library')

-- It crashes as a server.
provable.setup({ cmd = stand_in("crash", 'test "$1" = --version && echo provable 0.1.0 && exit; exit 3') })
vim.cmd("Provable restart")
t.hear("the language server ended with exit status 3.*:Provable restart.*lsp%.log")
t.check("nothing is running", t.client() == nil)

-- It is killed. The stand-in lets the test know whom to kill.
local pid = folder .. "/pid"
local binary = assert(vim.env.PROVABLE, "PROVABLE names the binary")
provable.setup({ cmd = stand_in("killed", ('echo $$ > %s; exec %s "$@"'):format(pid, binary)) })
vim.cmd("Provable restart")
t.attached()
vim.uv.kill(tonumber(vim.fn.readfile(pid)[1]), "sigkill")
t.hear("the language server was killed by signal 9; the text is untouched.*:Provable restart")
t.wait("the dead server is not let go", function()
  return t.client() == nil
end)
t.check("the text is untouched", vim.api.nvim_buf_get_lines(0, 0, -1, true)[1] == "HALT")
t.check("the status line says so", provable.statusline() == "provable: off")
vim.cmd("Provable prove")
t.hear("the language server is not running; :Provable restart")

-- And mended.
vim.cmd("Provable restart")
t.attached()
t.status("^not proved$")

-- Settings that are none.
provable.setup({ cmd = 7 })
t.hear("the setting cmd is a string, not a number")
provable.setup({ lense = true })
t.hear('there is no setting "lense"; there are autostart, cmd, hints, lenses, settings')
print("failures: passed")
