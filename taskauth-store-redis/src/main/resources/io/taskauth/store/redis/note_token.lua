-- ARGV: token, when it was used, where from if known
local token = KEYS[1] .. ':token:' .. ARGV[1]
local used = redis.call('HGET', token, 'used')
if redis.call('EXISTS', token) == 0 or (used and tonumber(ARGV[2]) <= tonumber(used)) then
  return 0
end
redis.call('HSET', token, 'used', ARGV[2])
if ARGV[3] then
  redis.call('HSET', token, 'used_ip', ARGV[3])
else
  redis.call('HDEL', token, 'used_ip')
end
return 1
