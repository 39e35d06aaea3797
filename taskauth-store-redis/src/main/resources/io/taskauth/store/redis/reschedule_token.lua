-- ARGV: token, when to look whether it has ended, or '' for never, 'LT' to look earlier only
local ends = KEYS[1] .. ':ends'
if ARGV[2] == '' then
  return redis.call('ZREM', ends, ARGV[1])
end
if redis.call('HEXISTS', KEYS[1] .. ':owners', ARGV[1]) == 0 then
  return 0
end
if ARGV[3] == 'LT' then
  return redis.call('ZADD', ends, 'LT', ARGV[2], ARGV[1])
end
return redis.call('ZADD', ends, ARGV[2], ARGV[1])
