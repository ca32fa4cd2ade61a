--- Opens a program with a server, and leaves: leave.lua SERVER FILE
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")
require("provable").setup({ cmd = arg[1] })
vim.cmd.edit(arg[2])
t.attached()
