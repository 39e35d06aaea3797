-- ARGV: now, at most
local past = redis.call('ZRANGEBYSCORE', KEYS[1] .. ':ends', '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, key in ipairs(past) do
  redis.call('ZREM', KEYS[1] .. ':ends', key)
  redis.call('HDEL', KEYS[1] .. ':counts', key)
end
return #past
