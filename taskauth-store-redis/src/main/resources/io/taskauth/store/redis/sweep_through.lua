-- ARGV: now, at most. The answer is how many were looked at.
local past = redis.call('ZRANGEBYSCORE', base .. ':ends', '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
for _, noted in ipairs(past) do
  local name, session = string.match(noted, '^(%S+) (.+)$')
  redis.call('ZREM', of('sessions', name), session)
  redis.call('ZREM', base .. ':ends', noted)
end
return #past
