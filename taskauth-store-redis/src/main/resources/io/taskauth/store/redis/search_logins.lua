-- ARGV: where to begin, as ZRANGEBYLEX has it, what names must begin with, at most.
-- In the order of their bytes, each name followed by whose it is.
local found = {}
-- No letter of UTF-8 has the byte 255.
local page = redis.call('ZRANGEBYLEX', names, ARGV[1], '(' .. ARGV[2] .. '\255', 'LIMIT', 0, ARGV[3])
for _, member in ipairs(page) do
  local login, id = string.match(member, '^(.*)%z(.*)$')
  table.insert(found, login)
  table.insert(found, id)
end
return found
