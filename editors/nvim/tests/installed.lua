--- Neovim as a user starts it after install.sh, a program being open. WRONG names another, with a mistake in its depth;
--- INSTALLED the binary that is to serve.
local function check(what, is_so)
  if not is_so then
    io.stderr:write("FAILED: " .. what .. "\n")
    os.exit(1)
  end
end

check("the file type is known", vim.bo.filetype == "provable")
check("the command is there", vim.fn.exists(":Provable") == 2)
check("the parser colours the program", vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()])

local is_served = vim.wait(60000, function()
  local client = vim.lsp.get_clients({ name = "provable", bufnr = 0 })[1]
  return client ~= nil and client.initialized
end, 10)
check("the server serves it", is_served)
check("nothing went wrong: " .. vim.v.errmsg, vim.v.errmsg == "")

local parser = vim.treesitter.get_parser(0, "provable")
local tree = parser:parse()[1]:root()
check("the program parses", not tree:has_error())
local kinds = {}
local query = assert(vim.treesitter.query.get("provable", "highlights"))
for id in query:iter_captures(tree, 0) do
  kinds[query.captures[id]] = true
end
for _, kind in ipairs({ "comment", "keyword", "keyword.directive", "number", "label", "constant" }) do
  check("something is coloured as " .. kind, kinds[kind])
end
vim.wo.foldmethod = "expr"
vim.wo.foldexpr = "v:lua.vim.treesitter.foldexpr()"
vim.cmd.normal("zx")
local label = vim.fn.search("^next:")
check("a label's code folds", vim.fn.foldlevel(label) == 1 and vim.fn.foldlevel(label + 3) == 1)

-- Without the parser.
vim.treesitter.stop()
vim.cmd("syntax on | set syntax=provable")
local function group(pattern)
  vim.fn.cursor(1, 1)
  local line = vim.fn.search(pattern)
  return vim.fn.synIDattr(vim.fn.synID(line, vim.fn.col("."), 1), "name")
end
check("the first line is a comment", group("^#") == "provableComment")
check("an instruction is one", group("READ") == "provableInstruction")
check("a jump is control flow", group("\\<JZ\\>") == "provableControl")
check("a label is one", group("^next:") == "provableLabel")
check("a number is one", group("\\<0\\>  # how") == "provableNumber")
check("a directive is one", group("\\.const") == "provableDirective")

check("the help is there", pcall(vim.cmd.help, "provable-settings"))
vim.cmd.bwipeout()

-- A program with a mistake.
vim.cmd.edit(vim.env.WRONG)
local is_shown = vim.wait(60000, function()
  local found = vim.diagnostic.get(0)
  return #found == 1 and found[1].code == "E101"
end, 10)
check("its mistake is shown", is_shown)
local client = vim.lsp.get_clients({ name = "provable", bufnr = 0 })[1]
check("it is served by what was installed: " .. client.config.cmd[1], client.config.cmd[1] == vim.env.INSTALLED)
print("installed: passed")
vim.cmd("qall!")
