--- The colours without the tree-sitter parser: every construct, and nothing beyond its line.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. package.path
local t = require("support")

require("provable").setup({ autostart = false })
t.open("")
vim.treesitter.stop()
vim.cmd("syntax on | set syntax=provable")

--- The groups of the words of a line, as `word=Group`, the group without its prefix; words of no group have none.
local function groups(line)
  -- The next line shows whether something goes on in it.
  vim.api.nvim_buf_set_lines(0, 0, -1, true, { line, "POP" })
  local found, last = {}, nil
  for column = 1, #line do
    local name = vim.fn.synIDattr(vim.fn.synID(1, column, 1), "name"):gsub("^provable", "")
    local sign = line:sub(column, column)
    if name ~= "" and not sign:match("%s") then
      if last and last.name == name and last.stop == column - 1 then
        last.text = last.text .. sign
        last.stop = column
      else
        last = { name = name, text = sign, stop = column }
        table.insert(found, last)
      end
    end
  end
  t.check("it goes on behind its end: " .. line, vim.fn.synIDattr(vim.fn.synID(2, 1, 1), "name") == "provableInstruction")
  return table.concat(
    vim.tbl_map(function(one)
      return one.text .. "=" .. one.name
    end, found),
    " "
  )
end

for line, expected in pairs({
  ['.use "std@1/a" as sha'] = '.use=Directive "std@1/a"=String as=Directive',
  ["  .var V 2*N at BASE+4"] = ".var=Directive 2=Number *=Operator at=Directive +=Operator 4=Number",
  [".data K 1, ~N"] = ".data=Directive 1=Number ~=Operator",
  [".data K at len(T)-1"] = ".data=Directive at=Directive len=Length -=Operator 1=Number",
  [".words -1, 'a', '#'"] = ".words=Directive -1=Number 'a'=Character '#'=Character",
  ['.bytes "a#b;\\x00\\q"'] = '.bytes=Directive "a#b;=String \\x00=Escape \\q"=String',
  [".public 1, 2 # c"] = ".public=Directive 1=Number 2=Number #=Comment c=Comment",
  [".secret N"] = ".secret=Directive",
  [".output N&1"] = ".output=Directive &=Operator 1=Number",
  [".within 0xff"] = ".within=Directive 0xff=Number",
  [".loop +2, 64"] = ".loop=Directive +=Operator 2=Number 64=Number",
  [".push K"] = ".push=Directive",
  [".inline bits.rotl 7"] = ".inline=Directive bits.rotl=Function 7=Number",
  ["CALL sha.block 7"] = "CALL=Control sha.block=Function 7=Number",
  ["a: JNZ a"] = "a:=Label JNZ=Control",
  ["PUSH (N)-1"] = "PUSH=Instruction -=Operator 1=Number",
  [".routine rot ( ... add -- y ) D, N"] = ".routine=Directive rot=Routine (=Effect ...=Arrow add=Parameter --=Arrow y=Parameter )=Effect D=Parameter ,=Parameters N=Parameter",
  [".Routine stop ( -- never )"] = ".Routine=Directive stop=Routine (=Effect --=Arrow never=Never )=Effect",
  [".routine f ( a # c"] = ".routine=Directive f=Routine (=Effect a=Parameter #=Comment c=Comment",
  [".test mulmod ( 7 -1 -- (a*2) )"] = ".test=Directive mulmod=Function 7=Number -1=Number --=Operator *=Operator 2=Number",
  ['.test "two words" f ( -- )'] = '.test=Directive "two=String words"=String f=Function --=Operator',
  ['.test "x'] = '.test=Directive "x=String',
  [".traps ASSERT at fill"] = ".traps=Directive ASSERT=Trap at=At",
  [".traps sha256"] = ".traps=Directive sha256=Trap",
  ["## Adds."] = "##=Document Adds.=Document",
}) do
  local found = groups(line)
  t.check(("%s is coloured as\n  %s\nand not as\n  %s"):format(line, found, expected), found == expected)
end
print("syntax: passed")
