-- ARGV: channel, origin, user, the session to keep or ''
tell(ARGV[1], ARGV[2], 'user ' .. ARGV[3])
local ending = {}
for _, id in ipairs(all_sessions()) do
  if id ~= ARGV[4] then
    table.insert(ending, id)
  end
end
return end_sessions(ending)
