--- :checkhealth provable
local M = {}

local RESTART = ":Provable restart starts it, and says why if it cannot"

local function check_binary(lsp)
  local program = lsp.program()
  if not program then
    return vim.health.info("the server is started by a function of your own configuration")
  end
  local binary = require("provable.binary")
  local problem, version = binary.check_now(program)
  if problem then
    return vim.health.error(problem)
  end
  local needs = require("provable.config").needs
  vim.health.ok(("%s is version %s; needed is %s or later"):format(binary.find(program), version, needs))
end

local function check_server(lsp)
  local clients = vim.lsp.get_clients({ name = lsp.NAME })
  local buffers = lsp.buffers()
  if #clients == 0 then
    if #buffers == 0 then
      return vim.health.info("no program is open, so no server is running")
    end
    return vim.health.error("a program is open and no server is running", { RESTART })
  end
  for _, client in ipairs(clients) do
    local info = client.server_info or {}
    vim.health.ok(("server %s is running (client %d)"):format(info.version or "", client.id))
  end
  for _, buffer in ipairs(buffers) do
    local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":t")
    if lsp.client(buffer) then
      vim.health.ok(("it serves %s: %s"):format(name, require("provable").statusline(buffer)))
    else
      vim.health.error(("it does not serve %s"):format(name), { RESTART })
    end
  end
end

function M.check()
  local lsp = require("provable.lsp")
  vim.health.start("provable: editor")
  if vim.fn.has("nvim-0.10") == 1 then
    vim.health.ok("Neovim " .. tostring(vim.version()))
  else
    vim.health.error("Neovim is too old", { "Install Neovim 0.10 or later" })
  end
  if vim.filetype.match({ filename = "x.prov" }) == "provable" then
    vim.health.ok("files that end in .prov are programs")
  else
    vim.health.error("files that end in .prov are not known as programs", {
      "The plugin's folder must be on 'runtimepath' before a file is opened: see :help provable-install",
    })
  end
  if pcall(vim.treesitter.language.inspect, "provable") then
    vim.health.ok("the tree-sitter parser is installed")
  else
    vim.health.info("no tree-sitter parser: colours come from syntax/provable.vim and the server")
  end
  vim.health.start("provable: binary")
  check_binary(lsp)
  vim.health.start("provable: server")
  check_server(lsp)
end

return M
