--- One program's whole life: a mistake, its quick fix, a run, a proof, a cancelled one, a verified one, an edit.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")

local provable = require("provable")
provable.setup({ cmd = assert(vim.env.PROVABLE, "PROVABLE names the binary") })

-- A mistake in depth, and an unknown word with its quick fix.
local path = t.open("PUSH 2\nADD\nPUHS 3\nWRITE\nHALT\n")
t.check("the file type is provable", vim.bo.filetype == "provable")
local client = t.attached()
t.check("words are as the language has them", vim.bo.iskeyword:find("%."))

local function codes()
  return vim.tbl_map(function(one)
    return one.code
  end, vim.diagnostic.get(0))
end
t.wait("the unknown word is not noticed", function()
  return vim.list_contains(codes(), "E004")
end)
vim.api.nvim_win_set_cursor(0, { 3, 0 })
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.title:find("PUSH") ~= nil and action.kind == "quickfix"
  end,
})
t.wait("the quick fix does not mend the word", function()
  return vim.api.nvim_buf_get_lines(0, 2, 3, true)[1] == "PUSH 3"
end)
local shallow = t.wait("the depth error is not shown", function()
  return vim.iter(vim.diagnostic.get(0)):find(function(one)
    return one.code == "E101"
  end)
end)
t.check("the depth error is at ADD", shallow.lnum == 1)
t.edit(0, -1, { "PUSH 2", "PUSH 3", "ADD", "WRITE", "HALT" })
t.wait("the depth error goes away", function()
  return #vim.diagnostic.get(0) == 0
end)

-- Reading: hover, tokens, hints.
local hover = t.ask("textDocument/hover", { position = { line = 2, character = 1 } })
t.check("hover documents ADD", vim.inspect(hover.contents):find("modulo 2^32", 1, true))
local tokens = t.wait("no semantic tokens", function()
  return vim.lsp.semantic_tokens.get_at_pos(0, 0, 0)
end)
t.check("PUSH is a keyword", tokens[1] and tokens[1].type == "keyword")
t.wait("no inlay hints", function()
  return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0
end)

-- Run, by its lens.
t.lens("^Run$")
t.lens("^Prove$")
t.lens("^Verify$")
t.status("^not proved$")
t.run_lens("Run")
t.lens("halted after 5 steps, output 5")
t.status("^ran, not proved$")
t.wait("no value behind a line", function()
  return vim.iter(vim.lsp.inlay_hint.get({ bufnr = 0 })):find(function(one)
    return vim.inspect(one.inlay_hint.label):find("⇒ 5")
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

-- The same again, from the file.
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
t.check("completion offers the commands", table.concat(offered, " ") == "cancel prove restart run status verify")
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
t.check("nothing went wrong on the way: " .. vim.inspect(t.said), #t.said == 0)
print("story: passed")
