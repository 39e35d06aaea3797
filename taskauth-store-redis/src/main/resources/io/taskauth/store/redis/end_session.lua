-- ARGV: channel, origin, user, session
local session = ARGV[4]
if redis.call('EXISTS', of('session', session)) == 0 then
  return 0
end
tell(ARGV[1], ARGV[2], 'session ' .. ARGV[3] .. ' ' .. session)
return end_sessions({session})
