-- ARGV: channel, origin, user, token, now
local token = of('token', ARGV[4])
if redis.call('EXISTS', token) == 0 then
  return 'NOT_FOUND'
end
if redis.call('HEXISTS', token, 'revoked') == 1 then
  return 'ALREADY_REVOKED'
end
tell(ARGV[1], ARGV[2], 'token ' .. ARGV[3] .. ' ' .. ARGV[4])
redis.call('HSET', token, 'revoked', ARGV[5])
return 'REVOKED'
