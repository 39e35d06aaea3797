-- ARGV: the hash that was seen, the hash to put in its place
local user = KEYS[1] .. ':user'
if redis.call('HGET', user, 'hash') ~= ARGV[1] then
  return 0
end
redis.call('HSET', user, 'hash', ARGV[2])
return 1
