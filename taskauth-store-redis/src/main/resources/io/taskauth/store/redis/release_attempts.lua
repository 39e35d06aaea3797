-- ARGV: key, 'refund' or 'forget'
local left = tonumber(redis.call('HGET', KEYS[1] .. ':counts', ARGV[1]) or '0')
if ARGV[2] == 'refund' and left > 1 then
  return redis.call('HINCRBY', KEYS[1] .. ':counts', ARGV[1], -1)
end
redis.call('HDEL', KEYS[1] .. ':counts', ARGV[1])
redis.call('ZREM', KEYS[1] .. ':ends', ARGV[1])
return 0
