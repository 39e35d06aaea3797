-- ARGV: session, now
local expires = redis.call('HGET', of('session', ARGV[1]), 'expires')
if expires and tonumber(expires) <= tonumber(ARGV[2]) then
  return end_sessions({ARGV[1]})
end
return 0
