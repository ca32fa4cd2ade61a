--- The client: how the server is started, and what is set up when it serves a buffer.
local binary = require("provable.binary")
local config = require("provable.config")
local ending = require("provable.ending")
local versions = require("provable.versions")
local M = {}

M.NAME = "provable"

local function say(message, level)
  vim.notify("provable: " .. message, level or vim.log.levels.ERROR)
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
  if config.get().debugging and require("provable.dap").is_there() then
    -- The server offers a debugger to those who say that they have one.
    capabilities.experimental = { commands = { commands = { "provable.debug" } } }
  end
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
    on_exit = ending.on_exit,
    root_dir = versions.HAS_CONFIGS and function(buffer, on_dir)
      on_dir(root(buffer))
    end or nil,
  }
end

--- The configuration in force, with what the user set for the client by Neovim's own means.
local function resolved()
  return versions.HAS_CONFIGS and vim.lsp.config[M.NAME] or M.configuration()
end

--- The command line that serves, as it is configured. nil if the user has configured a function.
--- @return string[]?
function M.command()
  local cmd = resolved().cmd
  return type(cmd) == "table" and cmd or nil
end

--- Its program.
function M.program()
  local cmd = M.command()
  return cmd and cmd[1]
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
  if versions.HAS_CONFIGS then
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

local is_starting, is_restarting = false, false

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

--- Starts the server for a program that was just opened. What was wrong before is not said again, and a server that is
--- about to be replaced gets no new program.
function M.autostart()
  if config.get().autostart and not M.problem and not is_restarting then
    M.start()
  end
end

--- Ends the server, if there is one, and starts another.
function M.restart()
  if is_restarting then
    return
  end
  is_restarting = true
  if versions.HAS_CONFIGS then
    -- Forgets the resolved configuration, so that new settings hold.
    vim.lsp.config(M.NAME, {})
  end
  -- One that hangs before it has answered anything is to go too.
  local clients = vim.lsp.get_clients({ name = M.NAME, _uninitialized = true })
  ending.dismiss(clients, function()
    is_restarting = false
    M.start()
  end)
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
      versions.call(client, "notify", "workspace/didChangeWatchedFiles", { changes = { changed } })
    end
  end,
})

return M
