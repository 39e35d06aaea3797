-- ARGV: hash, now
local expires = redis.call('HGET', of('secret', ARGV[1]), 'expires')
if expires and tonumber(expires) > tonumber(ARGV[2]) then
  return 0
end
redis.call('SREM', base .. ':secrets', ARGV[1])
return redis.call('DEL', of('secret', ARGV[1]))
