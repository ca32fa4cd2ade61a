--- The adapter for the plugin neotest. What the tests of a file are, and what came of them, `provable test --json` says.
local M = { name = "neotest-provable" }

--- The command line of `provable test`, as the binary is configured.
local function command(...)
  local configured = require("provable.lsp").command() or require("provable.config").command()
  local words = vim.tbl_map(function(word)
    return word == "lsp" and "test" or word
  end, configured)
  return vim.list_extend(words, { "--json", ... })
end

--- What a text says as JSON, whatever stands before and after it.
--- @return table? answer one with a list of tests
local function decode(text)
  local ok, answer = pcall(vim.json.decode, text:match("{.*}") or "", { luanil = { object = true } })
  return ok and type(answer) == "table" and type(answer.tests) == "table" and answer or nil
end

local function read(path)
  local file = path and io.open(path, "r")
  if not file then
    return ""
  end
  local text = file:read("*a")
  file:close()
  return text
end

function M.root(folder)
  return vim.fs.root(folder, ".git")
end

function M.filter_dir(name)
  return name ~= "target" and name ~= "node_modules"
end

function M.is_test_file(path)
  return vim.endswith(path, ".prov")
end

--- The tests of a file as neotest's tree; nil if it has none, or cannot be read as a program.
function M.discover_positions(path)
  local _, output = require("neotest.lib").process.run(command("--list", path), { stdout = true })
  local answer = decode(output.stdout or "")
  if not answer or #answer.tests == 0 then
    return nil
  end
  local last = answer.tests[#answer.tests].end_line
  local list = { { type = "file", id = path, name = vim.fs.basename(path), path = path, range = { 0, 0, last, 0 } } }
  for _, test in ipairs(answer.tests) do
    local range = { test.line - 1, 0, test.end_line - 1, 0 }
    table.insert(list, { type = "test", id = test.id, name = test.name, path = path, range = range })
  end
  return require("neotest.types").Tree.from_list(list, function(position)
    return position.id
  end)
end

--- How a folder, a file or one test is run. Neotest debugs by the same, told to.
function M.build_spec(arguments)
  local position = arguments.tree:data()
  local one = position.type == "test" and { "--exact", "--filter", position.id } or {}
  local words = vim.list_extend(command(unpack(one)), arguments.extra_args or {})
  table.insert(words, position.path)
  local spec = { command = words }
  if arguments.strategy == "dap" and position.type == "test" then
    spec.strategy = {
      type = "provable",
      request = "launch",
      name = "Debug " .. position.name,
      program = position.path,
      test = position.id,
      stopOnEntry = true,
    }
  end
  return spec
end

--- What came of one test, as neotest has it. Its lines are counted from 0.
local function result(test)
  if test.verdict == "passed" then
    return { status = "passed", short = test.message }
  end
  local trap = test.trap
  local is_here = trap and trap.line and trap.file == test.file
  local message = test.message
  if trap and trap.line and not is_here then
    message = ("%s (%s:%d)"):format(message, trap.file, trap.line)
  end
  local line = is_here and trap.line or test.line
  return { status = "failed", short = message, errors = { { message = message, line = line - 1 } } }
end

--- What came of each test, by its id. If nothing was run, all that was to be run failed, with what was said instead.
function M.results(spec, ran, tree)
  local text = read(ran.output)
  local answer = decode(text)
  if answer then
    local results = {}
    for _, test in ipairs(answer.tests) do
      results[test.id] = result(test)
    end
    return results
  end
  -- The debugger's output has no verdict.
  if spec.strategy and spec.strategy.request then
    return {}
  end
  local said = vim.trim(text)
  return { [tree:data().id] = { status = "failed", short = said, errors = { { message = said } } } }
end

return M
