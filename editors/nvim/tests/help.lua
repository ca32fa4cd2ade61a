--- The help file has every command and setting, and its links lead somewhere; what README.md says to write works.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")

local function read(path)
  return table.concat(vim.fn.readfile(t.plugin .. "/" .. path), "\n")
end

local folder = t.folder()
local help = read("doc/provable.txt")
t.write(folder .. "/provable.txt", help .. "\n")
local ok, wrong = pcall(vim.cmd.helptags, folder)
t.check("the help file has a mistake: " .. tostring(wrong), ok)
local tags = {}
for _, line in ipairs(vim.fn.readfile(folder .. "/tags")) do
  tags[line:match("^[^\t]+")] = true
end

for name in pairs(require("provable.commands").all) do
  t.check("the help does not have :Provable " .. name, tags[":Provable-" .. name])
end
for name in pairs(require("provable.config").get()) do
  t.check("the help does not have the setting " .. name, help:find("\n      " .. name .. " = ", 1, true))
end
for link in help:gmatch("|([^|%s]+)|") do
  local is_own = link:find("rovable")
  -- What the newest Neovim has, an older one may not have.
  local is_neovims = vim.fn.has("nvim-0.11") == 0 or vim.list_contains(vim.fn.getcompletion(link, "help"), link)
  t.check("the help has a link to nowhere: " .. link, tags[link] or (not is_own and is_neovims))
end

-- The two pieces of configuration that README.md has, on this clone.
local blocks = {}
for block in read("README.md"):gmatch("```lua\n(.-)```") do
  local here_instead = block:gsub("~/src/provable/editors/nvim", t.plugin)
  table.insert(blocks, here_instead)
end
t.check("README.md has two pieces of configuration", #blocks == 2)
vim.opt.runtimepath:remove(t.plugin)
assert(loadstring(blocks[1]))()
t.check("the first puts the plugin on the path", vim.list_contains(vim.opt.runtimepath:get(), t.plugin))
local spec = assert(loadstring("return " .. blocks[2]))()
t.check("the second names the plugin's folder", vim.uv.fs_stat(spec.dir .. "/plugin/provable.lua"))
-- The plugin manager passes `opts` to the module of the plugin's name.
require(spec.name).setup(spec.opts)
t.check("its options are taken: " .. vim.inspect(t.said), #t.said == 0)
print("help: passed")
