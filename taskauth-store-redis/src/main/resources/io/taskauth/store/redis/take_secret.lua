-- ARGV: hash, purpose, now
local secret = of('secret', ARGV[1])
local row = redis.call('HMGET', secret, 'purpose', 'expires')
if row[1] ~= ARGV[2] or tonumber(row[2]) <= tonumber(ARGV[3]) then
  return false
end
local taken = redis.call('HGETALL', secret)
redis.call('DEL', secret)
redis.call('SREM', base .. ':secrets', ARGV[1])
return taken
