-- ARGV: what a provider calls it, whose session and which, when it ends. Written before the session
-- itself, so that no session is there that its provider cannot end.
local sessions = of('sessions', ARGV[1])
redis.call('ZADD', base .. ':ends', ARGV[3], ARGV[1] .. ' ' .. ARGV[2])
redis.call('ZADD', sessions, 0, ARGV[2])
keep_until(base .. ':ends', ARGV[3])
keep_until(sessions, ARGV[3])
return 1
