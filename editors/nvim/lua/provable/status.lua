--- What is known of each program: the server's word, asked for whenever its lenses change, and the progress of work.
local versions = require("provable.versions")
local M = {}

--- By buffer: the last answer of `provable.status`.
local answers = {}
--- By token: the work that reports under it.
local work = {}
--- Buffers whose status is being asked for; true when it is to be asked for once more after that.
local asking = {}

local DOING = { run = "running", prove = "proving", verify = "verifying" }

--- A token for the progress of work on a buffer.
function M.token(buffer, name, number)
  local token = ("provable.nvim/%d"):format(number)
  work[token] = { buffer = buffer, name = name, percentage = 0 }
  return token
end

local function redraw()
  vim.cmd.redrawstatus({ bang = true })
end

--- Forgets work that did not start, or ended.
function M.drop(token)
  if token and work[token] then
    work[token] = nil
    redraw()
  end
end

--- Forgets everything: the server is gone.
function M.forget()
  answers, work, asking = {}, {}, {}
  redraw()
end

--- Asks how things are with a program.
function M.ask(buffer)
  local lsp = require("provable.lsp")
  local client = vim.api.nvim_buf_is_loaded(buffer) and lsp.client(buffer)
  if not client then
    asking[buffer] = nil
    return
  end
  if asking[buffer] ~= nil then
    asking[buffer] = true
    return
  end
  asking[buffer] = false
  local params = { command = "provable.status", arguments = { vim.uri_from_bufnr(buffer) } }
  versions.call(client, "request", "workspace/executeCommand", params, function(wrong, answer)
    local again = asking[buffer]
    asking[buffer] = nil
    answers[buffer] = not wrong and answer or nil
    redraw()
    if again then
      M.ask(buffer)
    end
  end, buffer)
end

--- Keeps the status of a buffer up to date from now on.
function M.follow(buffer)
  local group = vim.api.nvim_create_augroup("provable.status", { clear = false })
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  vim.api.nvim_create_autocmd({ "BufEnter", "TextChanged", "InsertLeave" }, {
    group = group,
    buffer = buffer,
    callback = function()
      M.ask(buffer)
    end,
  })
  vim.api.nvim_create_autocmd("BufUnload", {
    group = group,
    buffer = buffer,
    callback = function()
      answers[buffer], asking[buffer] = nil, nil
    end,
  })
  asking[buffer] = nil
  M.ask(buffer)
end

vim.api.nvim_create_autocmd("LspProgress", {
  group = vim.api.nvim_create_augroup("provable.progress", {}),
  callback = function(event)
    local params = event.data.params
    local one = params and work[params.token]
    if not one then
      return
    end
    if params.value.kind == "end" then
      work[params.token] = nil
      M.ask(one.buffer)
    else
      one.percentage = params.value.percentage or one.percentage
      one.message = params.value.message
    end
    redraw()
  end,
})

--- The latest work on a buffer.
local function at_work(buffer)
  local latest, number
  for token, one in pairs(work) do
    local this = tonumber(token:match("%d+$"))
    if one.buffer == buffer and (not number or this > number) then
      latest, number = one, this
    end
  end
  return latest
end

local PROOF = { stale = "proof stale", failed = "proof failed" }
local RUN = { fresh = "ran, not proved", stale = "run stale", failed = "run failed" }

--- The state of a buffer's proof in a few words; an empty string for other buffers.
--- @param buffer? integer
--- @return string
function M.text(buffer)
  buffer = (buffer and buffer ~= 0) and buffer or vim.api.nvim_get_current_buf()
  if not vim.api.nvim_buf_is_valid(buffer) or vim.bo[buffer].filetype ~= "provable" then
    return ""
  end
  if not require("provable.lsp").client(buffer) then
    return "provable: off"
  end
  local one = at_work(buffer)
  if one then
    return ("%s %d%%"):format(DOING[one.name], one.percentage)
  end
  local answer = answers[buffer]
  if not answer then
    return ""
  end
  if answer.activity ~= nil and answer.activity ~= vim.NIL then
    return answer.activity
  end
  if answer.proof.state == "fresh" then
    return answer.proof.verified and "verified" or "proof not verified"
  end
  return PROOF[answer.proof.state] or RUN[answer.run.state] or "not proved"
end

return M
