-- ARGV: ids
for _, id in ipairs(ARGV) do
  redis.call('ZREM', KEYS[1] .. ':order', id)
  redis.call('ZREM', KEYS[1] .. ':ends', id)
  redis.call('HDEL', KEYS[1] .. ':owners', id)
end
return 1
