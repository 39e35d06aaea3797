-- ARGV: now, at most. What has come to its end, each id followed by whose it is.
local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1] .. ':ends', '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])) do
  table.insert(found, id)
  table.insert(found, redis.call('HGET', KEYS[1] .. ':owners', id) or '')
end
return found
