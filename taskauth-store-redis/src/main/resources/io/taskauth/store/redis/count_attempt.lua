-- ARGV: key, now, when a window that begins now ends. The answer: count, end of the window.
local key, now = ARGV[1], tonumber(ARGV[2])
local ends = redis.call('ZSCORE', base .. ':ends', key)
if ends and tonumber(ends) > now then
  return {redis.call('HINCRBY', base .. ':counts', key, 1), string.format('%.0f', tonumber(ends))}
end
redis.call('ZADD', base .. ':ends', ARGV[3], key)
redis.call('HSET', base .. ':counts', key, 1)
keep_until(base .. ':ends', ARGV[3])
keep_until(base .. ':counts', ARGV[3])
return {1, ARGV[3]}
