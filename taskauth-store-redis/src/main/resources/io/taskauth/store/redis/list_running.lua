-- ARGV: now, how many to pass over, at most. What has not come to its end, each id followed by
-- whose it is.
local ends = KEYS[1] .. ':ends'
local first = redis.call('ZCOUNT', ends, '-inf', ARGV[1]) + ARGV[2]
local found = {}
for _, id in ipairs(redis.call('ZRANGE', ends, first, first + ARGV[3] - 1)) do
  table.insert(found, id)
  table.insert(found, redis.call('HGET', KEYS[1] .. ':owners', id) or '')
end
return found
