-- ARGV: name, id, how many there may be, fields of the account
local names = base .. ':names'
if redis.call('HEXISTS', names, ARGV[1]) == 1 then
  return 'NAME_TAKEN'
end
if redis.call('HLEN', names) >= tonumber(ARGV[3]) then
  return 'TOO_MANY'
end
redis.call('HSET', names, ARGV[1], ARGV[2])
redis.call('HSET', of('account', ARGV[2]), unpack(ARGV, 4))
return 'CREATED'
