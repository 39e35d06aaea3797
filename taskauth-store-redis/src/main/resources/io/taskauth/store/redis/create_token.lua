-- ARGV: token, the session that asks, now, at most, number, fields of the token
local token, now = ARGV[1], tonumber(ARGV[3])
local ends = redis.call('HGET', of('session', ARGV[2]), 'expires')
if not ends or tonumber(ends) <= now then
  return 'SESSION_ENDED'
end
local live = 0
for _, other in ipairs(redis.call('ZRANGE', base .. ':tokens', 0, -1)) do
  local row = redis.call('HMGET', of('token', other), 'revoked', 'expires')
  if not row[1] and (not row[2] or tonumber(row[2]) > now) then
    live = live + 1
  end
end
if live >= tonumber(ARGV[4]) then
  return 'TOO_MANY'
end
redis.call('HSET', of('token', token), unpack(ARGV, 6))
redis.call('ZADD', base .. ':tokens', ARGV[5], token)
return 'CREATED'
