--- A server that asks for more while it ends, and says which requests came after it was told to: late_server.lua FOLDER
---
--- FOLDER/late lists those requests; FOLDER/ended is there once the server is about to end.
local folder = arg[1]
local has_shut_down, shutdown = false, nil

local function note(name, text)
  local file = assert(io.open(folder .. "/" .. name, "a"))
  file:write(text .. "\n")
  file:close()
end

local function send(message)
  message.jsonrpc = "2.0"
  local text = vim.json.encode(message)
  io.stdout:write(("Content-Length: %d\r\n\r\n%s"):format(#text, text))
  io.stdout:flush()
end

local function read()
  local length
  for line in io.lines() do
    length = length or tonumber(line:match("^Content%-Length: (%d+)"))
    if line == "\r" then
      return vim.json.decode(io.read(length))
    end
  end
end

local ANSWERS = {
  initialize = {
    capabilities = {
      textDocumentSync = 1,
      codeLensProvider = vim.empty_dict(),
      inlayHintProvider = true,
      executeCommandProvider = { commands = { "provable.status" } },
    },
  },
  ["workspace/executeCommand"] = { proof = { state = "none" }, run = { state = "none" } },
}

for message in read do
  if message.method == "shutdown" then
    has_shut_down, shutdown = true, message.id
    send({ id = "refresh", method = "workspace/inlayHint/refresh", params = vim.NIL })
  elseif message.id == "refresh" then
    -- All that the editor asks for because of that is on its way, or has come.
    send({ id = shutdown, result = vim.NIL })
  elseif message.method == "exit" then
    send({ id = "again", method = "workspace/inlayHint/refresh", params = vim.NIL })
    -- Long enough for an editor that does not wait.
    for _ = 1, 5 do
      vim.fn.system({ vim.v.progpath, "--version" })
    end
    note("ended", "yes")
    os.exit(0)
  elseif message.method and message.id then
    if has_shut_down then
      note("late", message.method)
      send({ id = message.id, error = { code = -32600, message = "Invalid request" } })
    else
      send({ id = message.id, result = ANSWERS[message.method] or {} })
    end
  end
end
