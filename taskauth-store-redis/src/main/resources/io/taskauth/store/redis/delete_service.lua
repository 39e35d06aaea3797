-- ARGV: channel, origin, account
local account = of('account', ARGV[3])
local name = redis.call('HGET', account, 'name')
if not name then
  return 0
end
tell(ARGV[1], ARGV[2], 'service ' .. ARGV[3])
redis.call('HDEL', base .. ':names', name)
return redis.call('DEL', account)
