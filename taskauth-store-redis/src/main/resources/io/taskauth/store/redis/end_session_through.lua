-- ARGV: channel, origin, user, session, what its row must have: fields with their values
local session = ARGV[4]
if not is_through(session, 5, #ARGV) then
  return 0
end
tell(ARGV[1], ARGV[2], 'session ' .. ARGV[3] .. ' ' .. session)
return end_sessions({session})
