-- ARGV: session. A session and its user as they are now, in one round trip.
local session = redis.call('HGETALL', KEYS[1] .. ':session:' .. ARGV[1])
local user = redis.call('HGETALL', KEYS[1] .. ':user')
if #session == 0 or #user == 0 then
  return false
end
return {session, user}
