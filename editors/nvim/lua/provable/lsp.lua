--- The client: how the server is started, and what is set up when it serves a buffer.
local binary = require("provable.binary")
local config = require("provable.config")
local M = {}

M.NAME = "provable"

--- Neovim 0.11 keeps configurations by name; before, a plugin starts the client itself.
local HAS_CONFIGS = vim.fn.has("nvim-0.11") == 1

--- Clients that were asked to end, so that their end is no accident.
local dismissed = {}

local function say(message, level)
  vim.notify("provable: " .. message, level or vim.log.levels.ERROR)
end

local function log_path()
  return require("vim.lsp.log").get_filename()
end

--- Says why a server ended that nobody asked to.
local function on_exit(code, signal, id)
  vim.schedule(function()
    local was_asked = dismissed[id] or (code == 0 and signal == 0)
    dismissed[id] = nil
    if was_asked or vim.v.exiting ~= vim.NIL then
      return
    end
    local how = signal ~= 0 and ("was killed by signal %d"):format(signal)
      or ("ended with exit status %d"):format(code)
    say(
      ("the language server %s; the text is untouched. :Provable restart starts it again. What it said last is in %s"):format(
        how,
        log_path()
      )
    )
    require("provable.status").forget()
  end)
end

local function show_message(_, message)
  local levels = { vim.log.levels.ERROR, vim.log.levels.WARN, vim.log.levels.INFO }
  say(message.message, levels[message.type] or vim.log.levels.DEBUG)
  return vim.NIL
end

--- The server's word that lenses changed: so did what is known of the programs.
local function on_refresh(...)
  for _, buffer in ipairs(M.buffers()) do
    require("provable.status").ask(buffer)
  end
  return require("provable.lens").on_refresh(...)
end

local function root(buffer)
  return vim.fs.root(buffer, { ".git" })
end

--- The client's configuration, as Neovim takes it.
function M.configuration()
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities = vim.tbl_deep_extend("force", capabilities, {
    workspace = { codeLens = { refreshSupport = true } },
  })
  return {
    name = M.NAME,
    cmd = config.command(),
    filetypes = { "provable" },
    settings = { provable = config.get().settings },
    capabilities = capabilities,
    handlers = {
      ["window/showMessage"] = show_message,
      ["workspace/codeLens/refresh"] = on_refresh,
    },
    commands = require("provable.commands").for_lenses(),
    on_exit = on_exit,
    root_dir = HAS_CONFIGS and function(buffer, on_dir)
      on_dir(root(buffer))
    end or nil,
  }
end

--- The configuration in force, with what the user set for the client by Neovim's own means.
local function resolved()
  return HAS_CONFIGS and vim.lsp.config[M.NAME] or M.configuration()
end

--- The program that serves, as it is configured. nil if the user has configured a function.
function M.program()
  local cmd = resolved().cmd
  return type(cmd) == "table" and cmd[1] or nil
end

--- The loaded programs.
--- @return integer[]
function M.buffers()
  return vim.tbl_filter(function(buffer)
    return vim.api.nvim_buf_is_loaded(buffer)
      and vim.bo[buffer].filetype == "provable"
      and vim.bo[buffer].buftype == ""
  end, vim.api.nvim_list_bufs())
end

--- The client of a buffer, or of any.
--- @param buffer? integer
--- @return vim.lsp.Client?
function M.client(buffer)
  return vim.lsp.get_clients({ name = M.NAME, bufnr = buffer })[1]
end

--- Attaches to every loaded program; those that are served already stay as they are.
local function attach()
  if HAS_CONFIGS then
    vim.lsp.enable(M.NAME)
    for _, buffer in ipairs(M.buffers()) do
      -- Enabling reaches the buffers that are there only once Neovim has started.
      vim.api.nvim_exec_autocmds("FileType", { group = "nvim.lsp.enable", buffer = buffer, modeline = false })
    end
    return
  end
  for _, buffer in ipairs(M.buffers()) do
    local configuration = M.configuration()
    configuration.root_dir = root(buffer)
    vim.lsp.start(configuration, { bufnr = buffer })
  end
end

local is_starting = false

--- Starts the server for every loaded program, or says why it cannot.
function M.start()
  if is_starting then
    return
  end
  local program = M.program()
  if not program then
    return attach()
  end
  is_starting = true
  binary.check(program, function(problem)
    is_starting = false
    M.problem = problem
    if problem then
      say(problem)
    else
      attach()
    end
  end)
end

--- Starts the server for a program that was just opened. What was wrong before is not said again.
function M.autostart()
  if config.get().autostart and not M.problem then
    M.start()
  end
end

--- Ends the server, if there is one, and starts another.
function M.restart()
  local clients = vim.lsp.get_clients({ name = M.NAME })
  for _, client in ipairs(clients) do
    dismissed[client.id] = true
    if HAS_CONFIGS then
      client:stop()
    else
      client.stop()
    end
  end
  if HAS_CONFIGS then
    -- Forgets the resolved configuration, so that new settings hold.
    vim.lsp.config(M.NAME, {})
  end
  local patience = 200
  local function when_ended()
    patience = patience - 1
    local left = vim.tbl_filter(function(client)
      return vim.lsp.get_client_by_id(client.id) ~= nil
    end, clients)
    if #left == 0 then
      return M.start()
    end
    if patience == 0 then
      -- It does not end when asked; its work is in no file yet, so nothing is lost.
      for _, client in ipairs(left) do
        if HAS_CONFIGS then
          client:stop(true)
        else
          client.stop(true)
        end
      end
    end
    vim.defer_fn(when_ended, 10)
  end
  when_ended()
end

--- Sends a request, on either side of Neovim 0.11.
function M.request(client, method, params, handler, buffer)
  if HAS_CONFIGS then
    return client:request(method, params, handler, buffer)
  end
  return client.request(method, params, handler, buffer)
end

--- Sends a notification, on either side of Neovim 0.11.
function M.notify(client, method, params)
  if HAS_CONFIGS then
    return client:notify(method, params)
  end
  return client.notify(method, params)
end

local group = vim.api.nvim_create_augroup("provable.client", {})

vim.api.nvim_create_autocmd("LspAttach", {
  group = group,
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if not client or client.name ~= M.NAME then
      return
    end
    if config.get().hints then
      vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
    end
    if config.get().lenses then
      require("provable.lens").enable(event.buf)
    end
    require("provable.status").follow(event.buf)
  end,
})

-- Neovim watches no files on most systems, and these two decide whether a result is fresh.
vim.api.nvim_create_autocmd("BufWritePost", {
  group = group,
  pattern = { "*.inputs.json", "*.proof.json" },
  callback = function(event)
    local client = M.client()
    if client then
      local changed = { uri = vim.uri_from_bufnr(event.buf), type = 2 }
      M.notify(client, "workspace/didChangeWatchedFiles", { changes = { changed } })
    end
  end,
})

return M
