--- One program's whole life: a mistake, its quick fix, a run, a proof, a cancelled one, a verified one, an edit.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")

local provable = require("provable")
provable.setup({ cmd = assert(vim.env.PROVABLE, "PROVABLE names the binary") })

-- An unknown word, and behind it a mistake in depth: the program runs on into its routine. Each has its quick fix.
local path = t.open("PUHS 2\nCALL double\nWRITE\n\ndouble: DUP\n    ADD\n    RET\n")
t.check("the file type is provable", vim.bo.filetype == "provable")
local client = t.attached()
t.check("words are as the language has them", vim.bo.iskeyword:find("%."))

local function finding(code)
  return vim.iter(vim.diagnostic.get(0)):find(function(one)
    return one.code == code
  end)
end

--- Applies the quick fix of this title for a finding, the cursor being on it.
local function fix(one, title)
  vim.api.nvim_win_set_cursor(0, { one.lnum + 1, one.col })
  local chosen
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      chosen = chosen or (action.kind == "quickfix" and action.title == title)
      return action.kind == "quickfix" and action.title == title
    end,
  })
  t.wait("there is no quick fix " .. title, function()
    return chosen
  end)
end

local unknown = t.wait("the unknown word is not noticed", function()
  return finding("E004")
end)
fix(unknown, "Change to `PUSH`")
t.wait("the quick fix does not mend the word", function()
  return vim.api.nvim_buf_get_lines(0, 0, 1, true)[1] == "PUSH 2"
end)
local shallow = t.wait("the mistake in depth is not shown", function()
  return finding("W101")
end)
t.check("it is at DUP, and says how deep the stack is", shallow.lnum == 4 and shallow.message:find("may hold only 0"))
local ret = t.wait("that a RET may have no CALL is not shown", function()
  return finding("W104")
end)
fix(ret, "Insert HALT before `double`")
t.wait("the quick fix does not mend the depth", function()
  return #vim.diagnostic.get(0) == 0
end)
t.check("HALT stands before the routine", vim.api.nvim_buf_get_lines(0, 3, 4, true)[1] == "    HALT")

-- As one types: too little for ADD, and no longer.
t.edit(0, 1, { "" })
local underflow = t.wait("the error in depth is not shown", function()
  return finding("E101")
end)
t.check("it is an error", underflow.severity == vim.diagnostic.severity.ERROR)
t.edit(0, 1, { "PUSH 2" })
t.wait("the error in depth goes away", function()
  return #vim.diagnostic.get(0) == 0
end)

-- Reading: hover, tokens, hints.
local hover = t.ask("textDocument/hover", { position = { line = 6, character = 5 } })
t.check("hover documents ADD", vim.inspect(hover.contents):find("modulo 2^32", 1, true))
t.wait("PUSH is no keyword", function()
  local token = (vim.lsp.semantic_tokens.get_at_pos(0, 0, 0) or {})[1]
  return token and token.type == "keyword"
end)
t.wait("no inlay hints", function()
  return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0
end)

-- Run, by its lens.
t.lens("^Run$")
t.lens("^Prove$")
t.lens("^Verify$")
t.status("^not proved$")
t.run_lens("Run")
t.lens("halted after 7 steps, output 4")
t.status("^ran, not proved$")
t.wait("no value behind a line", function()
  return vim.iter(vim.lsp.inlay_hint.get({ bufnr = 0 })):find(function(one)
    return vim.inspect(one.inlay_hint.label):find("⇒ 4")
  end)
end)

-- Prove, see it move, cancel.
local reports = {}
vim.api.nvim_create_autocmd("LspProgress", {
  callback = function(event)
    local value = event.data.params.value
    table.insert(reports, value.kind .. " " .. (value.message or ""))
  end,
})
vim.cmd("Provable prove")
t.status("^proving %d+%%$")
t.wait("no progress is reported", function()
  return vim.iter(reports):find(function(one)
    return vim.startswith(one, "report") and not one:find("starting")
  end)
end)
vim.cmd("Provable cancel")
t.wait("the proof is not cancelled", function()
  return vim.iter(reports):find("end story.prov: proof cancelled")
end)
t.status("^ran, not proved$")

-- Prove to the end.
reports = {}
vim.cmd("Provable prove")
t.hear("proved and verified, %d+ bytes in .*, trace commitment %x+")
t.check("progress was reported", #reports > 3)
local commitment = t.lens("^verified, commitment %x+")
t.status("^verified$")

-- Verified again, from the file.
vim.cmd("Provable verify")
t.hear("the proof is valid")
t.status("^verified$")
vim.cmd("Provable status")
t.hear(vim.pesc(commitment:match("commitment %x+")))

-- An edit makes it stale, undoing the edit makes it fresh.
t.edit(0, 1, { "PUSH 4" })
t.lens("^stale %(the program changed%): commitment")
t.status("^proof stale$")
t.edit(0, 1, { "PUSH 2" })
t.status("^verified$")

-- So does a change of the inputs, while one looks at them.
local program = vim.api.nvim_get_current_buf()
vim.cmd.split((path:gsub("prov$", "inputs.json")))
local function inputs(text, status)
  vim.api.nvim_buf_set_lines(0, 0, -1, true, { text })
  vim.cmd("silent write!")
  t.wait("changed inputs do not make it " .. status, function()
    return provable.statusline(program) == status
  end)
end
inputs('{ "secret": [7] }', "proof stale")
inputs("{}", "verified")
vim.cmd.bwipeout()

-- What can be asked for, and what cannot.
local offered = vim.fn.getcompletion("Provable ", "cmdline")
t.check("completion offers the commands", table.concat(offered, " ") == "cancel debug prove restart run status test verify")
vim.cmd("Provable dance")
t.hear('there is no "dance"; there are cancel')

vim.cmd("checkhealth provable")
local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
t.check("health names the binary:\n" .. report, report:find(vim.env.PROVABLE .. " is version", 1, true))
t.check("health finds the server:\n" .. report, report:find("it serves story.prov: verified", 1, true))
t.check("health finds nothing wrong:\n" .. report, not report:find("ERROR"))
vim.cmd.bwipeout()

-- Another server in place of this one: it finds the proof, and has not looked at it yet.
vim.cmd.buffer("story.prov")
vim.cmd("Provable restart")
t.wait("no other server attaches", function()
  local other = t.client()
  return other and other.initialized and other.id ~= client.id
end)
t.status("^proof not verified$")
vim.cmd("Provable verify")
t.hear("the proof is valid")
t.status("^verified$")
t.check("nothing went wrong on the way: " .. vim.inspect(t.said), #t.said == 0)
print("story: passed")
