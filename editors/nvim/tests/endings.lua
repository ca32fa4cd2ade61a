--- What happens while a server ends, and when Neovim does.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")
local provable = require("provable")

local folder = t.folder()
local function there(name)
  return vim.uv.fs_stat(folder .. "/" .. name) ~= nil
end

local late = t.stand_in(
  "late",
  ('test "$1" = --version && echo provable 0.2.0 && exit; exec "%s" -u NONE -i NONE -n -l "%s/late_server.lua" "%s"'):format(
    vim.v.progpath,
    here,
    folder
  )
)
provable.setup({ cmd = late })

-- A restart, while the server has the editor fetch again what it shows.
t.open("HALT\n")
local client = t.attached()
t.wait("no hints are shown", function()
  return vim.lsp.inlay_hint.is_enabled({ bufnr = 0 })
end)
vim.cmd("Provable restart")
t.wait("no other server attaches", function()
  local other = t.client()
  return other and other.initialized and other.id ~= client.id
end)
t.check("the first server has ended", there("ended"))
t.check("nothing was asked of a server that was ending", not there("late"))
t.check("nothing went wrong on the way: " .. vim.inspect(t.said), #t.said == 0)

-- The end of Neovim: after the server's, and no failure.
vim.fn.delete(folder .. "/ended")
t.write(folder .. "/other.prov", "HALT\n")
local done = vim
  .system({
    vim.v.progpath,
    "--headless",
    "-u",
    "NONE",
    "-i",
    "NONE",
    "-n",
    "-l",
    here .. "/leave.lua",
    late,
    folder .. "/other.prov",
  }, { text = true })
  :wait()
t.check("Neovim leaves in peace: " .. vim.inspect(done), done.code == 0 and done.signal == 0)
t.check("Neovim leaves after the server", there("ended"))
print("endings: passed")
