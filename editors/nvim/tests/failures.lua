--- What the editor says when the binary is missing, too old, something else, crashes at start, or is killed.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")
local provable = require("provable")

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
provable.setup({ cmd = t.stand_in("old", "echo provable 0.0.9") })
vim.cmd("Provable restart")
t.hear("old is version 0%.0%.9, and this plugin needs 0%.2%.0 or later.*cargo install")

-- Something else by that name.
provable.setup({ cmd = t.stand_in("other", "echo other 3.1") })
vim.cmd("Provable restart")
t.hear('is not provable: it calls itself "other 3%.1"')

-- It cannot even say its version.
provable.setup({ cmd = t.stand_in("broken", "echo no such library >&2; exit 127") })
vim.cmd("Provable restart")
t.hear('broken %-%-version" failed with exit status 127: no such library')

-- It crashes as a server.
provable.setup({ cmd = t.stand_in("crash", 'test "$1" = --version && echo provable 0.2.0 && exit; exit 3') })
vim.cmd("Provable restart")
t.hear("the language server ended with exit status 3.*:Provable restart.*lsp%.log")
t.check("nothing is running", t.client() == nil)

-- It is of another time, and calls itself by the same version.
provable.setup({ cmd = t.stand_in("strange", 'test "$1" = --version && echo provable 0.2.0 && exit; exit 2') })
vim.cmd("Provable restart")
t.hear("the language server did not understand its command line %(exit status 2%).*cmd is wrong")

-- It hangs before its first answer; another in its place does not.
provable.setup({ cmd = t.stand_in("hangs", 'test "$1" = --version && echo provable 0.2.0 && exit; exec cat >/dev/null') })
vim.cmd("Provable restart")
t.wait("it is not started", function()
  return #vim.lsp.get_clients({ name = "provable", _uninitialized = true }) == 1
end)
t.check("it does not serve", provable.statusline() == "provable: off")

-- It is killed. The stand-in lets the test know whom to kill.
local pid = t.folder() .. "/pid"
local binary = assert(vim.env.PROVABLE, "PROVABLE names the binary")
provable.setup({ cmd = t.stand_in("killed", ('echo $$ > %s; exec %s "$@"'):format(pid, binary)) })
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
t.hear('there is no setting "lense"; there are autostart, cmd, debugging, hints, lenses, settings')
print("failures: passed")
