--- What users call; see doc/provable.txt. Everything else is in the file of its name.
local M = {}

--- Takes in settings. Call it before the first program is opened, or :Provable restart afterwards.
--- @param options? table see provable.config
function M.setup(options)
  require("provable.config").set(options)
end

--- The state of a buffer's proof in a few words, for a status line; an empty string for other buffers.
--- @param buffer? integer 0 or nil: the current one
--- @return string
function M.statusline(buffer)
  return require("provable.status").text(buffer)
end

return M
