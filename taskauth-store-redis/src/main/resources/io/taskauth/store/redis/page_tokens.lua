-- ARGV: the number to begin below, at most. Each as number, token, owner.
local found = {}
local page = redis.call('ZREVRANGEBYSCORE', KEYS[1] .. ':order', ARGV[1], '-inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
for i = 1, #page, 2 do
  table.insert(found, page[i + 1])
  table.insert(found, page[i])
  table.insert(found, redis.call('HGET', KEYS[1] .. ':owners', page[i]) or '')
end
return found
