-- Revoked tokens leave the list but not the store. ARGV: when they ended, ids
for i = 2, #ARGV do
  redis.call('ZREM', KEYS[1] .. ':order', ARGV[i])
  if redis.call('HEXISTS', KEYS[1] .. ':owners', ARGV[i]) == 1 then
    redis.call('ZADD', KEYS[1] .. ':ends', 'LT', ARGV[1], ARGV[i])
  end
end
return 1
