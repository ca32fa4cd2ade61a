--- The adapter for neotest, with stand-ins for that plugin and for the binary: what it asks for, and what it makes of answers.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")

-- Of the plugin: a list as the tree that it is, and a process that is waited for.
package.preload["neotest.types"] = function()
  return { Tree = { from_list = function(list)
    return list
  end } }
end
package.preload["neotest.lib"] = function()
  return {
    process = {
      run = function(words)
        local done = vim.system(words, { text = true }):wait()
        return done.code, { stdout = done.stdout }
      end,
    },
  }
end

local folder = t.folder()
local path = folder .. "/sum.prov"
t.write(path, "HALT\n\n.test add ( 1 2 -- 3 )\n.Test \"of the program\"\n    .public 1\n.routine add ( a b -- c )\n    ADD\n    RET\n")
local function node(position)
  return { data = function()
    return position
  end }
end
local function test(number, name, more)
  local one = { id = path .. "::" .. name, name = name, file = path, line = number, end_line = number }
  return vim.tbl_extend("force", one, more or {})
end
local function answers(answer)
  return t.stand_in("provable", ("echo \"$@\" >%s/asked\necho noise >&2\necho '%s'"):format(folder, vim.json.encode(answer)))
end
local function same(what, found, expected)
  t.check(("%s: %s, and not %s"):format(what, vim.inspect(found), vim.inspect(expected)), vim.deep_equal(found, expected))
end

local adapter = require("neotest-provable")
t.check("a program may have tests", adapter.is_test_file("a/b.prov") and not adapter.is_test_file("a/b.inputs.json"))

-- What tests there are.
local provable = require("provable")
local binary = answers({ tests = { test(3, "add", { kind = "case", target = "add" }), test(4, "of the program", { end_line = 5, kind = "program", target = vim.NIL }) } })
provable.setup({ cmd = binary })
local list = adapter.discover_positions(path)
same("asked", vim.fn.readfile(folder .. "/asked"), { "test --json --list " .. path })
same("the file", list[1].id, path)
same("the first", list[2], { type = "test", id = path .. "::add", name = "add", path = path, range = { 2, 0, 2, 0 } })
same("the second has two lines", list[3].range, { 3, 0, 4, 0 })
provable.setup({ cmd = answers({ tests = {} }) })
same("none", adapter.discover_positions(path), nil)
provable.setup({ cmd = t.stand_in("provable", "echo 'error: no such file' >&2; exit 2") })
same("no answer", adapter.discover_positions(path), nil)

-- How they are run.
provable.setup({ cmd = binary })
local all = adapter.build_spec({ tree = node(list[1]) })
same("a file", all.command, { binary, "test", "--json", path })
local one = adapter.build_spec({ tree = node(list[2]), extra_args = { "--seed", "1" } })
same("one", one.command, { binary, "test", "--json", "--exact", "--filter", path .. "::add", "--seed", "1", path })
same("it is not debugged", one.strategy, nil)
local debugged = adapter.build_spec({ tree = node(list[2]), strategy = "dap" })
same("it is debugged", { debugged.strategy.type, debugged.strategy.test }, { "provable", path .. "::add" })

-- What came of them.
local function results(text, spec)
  local output = folder .. "/output"
  t.write(output, text)
  return adapter.results(spec or all, { code = 1, output = output }, node(list[1]))
end
local found = results("noise\r\n" .. vim.json.encode({
  tests = {
    test(3, "add", { verdict = "passed", message = "", rows = 4, trap = vim.NIL }),
    test(4, "here", { verdict = "failed", message = "it trapped", trap = { kind = "ASSERT", file = path, line = 9 } }),
    test(4, "elsewhere", { verdict = "failed", message = "it trapped", trap = { kind = "ASSERT", file = "/b.prov", line = 9 } }),
    test(4, "wrong", { verdict = "failed", message = "left 4, not 3", trap = vim.NIL }),
  },
  passed = 1,
  failed = 3,
}) .. "\r\n")
same("passed", found[path .. "::add"].status, "passed")
same("a trap in the file", found[path .. "::here"].errors, { { message = "it trapped", line = 8 } })
same("a trap elsewhere", found[path .. "::elsewhere"].errors, { { message = "it trapped (/b.prov:9)", line = 3 } })
same("no trap", found[path .. "::wrong"].errors, { { message = "left 4, not 3", line = 3 } })
found = results("error: sum.prov:1: there is no instruction `HLAT`\r\n")
same("not run", found[path].status, "failed")
t.check("it is said why", found[path].errors[1].message:find("HLAT", 1, true))
same("debugged", results("halted", debugged), {})

-- The command, to a client that keeps what it is asked, and answers.
local asked, said
vim.notify = function(message)
  said = message
end
require("provable.lsp").client = function()
  return {
    request = function(...)
      local words = { ... }
      if type(words[1]) == "table" then
        table.remove(words, 1)
      end
      asked = { words[1], words[2] }
      words[3](nil, { tests = {}, passed = 2, failed = words[2].arguments[1].id and 0 or 1 })
    end,
  }
end
vim.cmd.edit(path)
vim.cmd("Provable test")
same("the command", asked, {
  "workspace/executeCommand",
  { command = "provable.test", arguments = { { uri = vim.uri_from_bufnr(0) } } },
})
same("the server says it", said, nil)
require("provable.commands").for_lenses()["provable.test"]({ arguments = { { uri = "file:///a", id = "a::b" } } }, { bufnr = 0 })
same("a lens", asked[2].arguments, { { uri = "file:///a", id = "a::b" } })
same("what that says", said, "provable: 2 passed")
print("neotest: passed")
