-- ARGV: pool. Each name with how many wait and run, and the earliest time of either or ''.
local found = {}
for _, name in ipairs(redis.call('SMEMBERS', of_pool('open', ARGV[1]))) do
  local due, lease = of_name('due', ARGV[1], name), of_name('lease', ARGV[1], name)
  local next = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
  local ends = redis.call('ZRANGE', lease, 0, 0, 'WITHSCORES')[2]
  if ends and (not next or tonumber(ends) < tonumber(next)) then
    next = ends
  end
  table.insert(found, {name, redis.call('ZCARD', due), redis.call('ZCARD', lease), next or ''})
end
return found
