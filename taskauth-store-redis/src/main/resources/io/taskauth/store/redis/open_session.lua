-- ARGV: channel, origin, user, session, epoch, at most, created, expires, fields of the session
local channel, origin, id, session = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local row = redis.call('HMGET', user, 'active', 'epoch')
if row[1] ~= '1' or row[2] ~= ARGV[5] then
  return false
end
local beyond = redis.call('ZREVRANGE', base .. ':sessions', tonumber(ARGV[6]) - 1, -1)
local ended = {}
for _, other in ipairs(beyond) do
  if redis.call('EXISTS', of('session', other)) == 1 then
    tell(channel, origin, 'session ' .. id .. ' ' .. other)
    table.insert(ended, other)
  end
end
end_sessions(beyond)
redis.call('HSET', of('session', session), unpack(ARGV, 9))
redis.call('ZADD', base .. ':sessions', ARGV[7], session)
redis.call('HSET', user, 'last_login', ARGV[7])
keep_until(of('session', session), ARGV[8])
keep_until(base .. ':sessions', ARGV[8])
return ended
