-- ARGV: token. A token and its owner as they are now, in one round trip.
local token = redis.call('HGETALL', KEYS[1] .. ':token:' .. ARGV[1])
local user = redis.call('HGETALL', KEYS[1] .. ':user')
if #token == 0 or #user == 0 then
  return false
end
return {token, user}
