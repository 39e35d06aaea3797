-- Puts a token on everybody's list, before it is made: a crash in between leaves an entry that lists
-- skip and sweeping removes. ARGV: token, owner, when to look at it. The answer is its number.
local base = KEYS[1]
local number = redis.call('INCR', base .. ':number')
redis.call('ZADD', base .. ':order', number, ARGV[1])
redis.call('ZADD', base .. ':ends', ARGV[3], ARGV[1])
redis.call('HSET', base .. ':owners', ARGV[1], ARGV[2])
return number
