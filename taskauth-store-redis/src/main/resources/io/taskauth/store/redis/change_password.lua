-- ARGV: channel, origin, user, expected epoch or '', hash, the session to keep or ''
local row = redis.call('HMGET', user, 'name', 'epoch', 'hash')
if not row[1] or (ARGV[4] ~= '' and ARGV[4] ~= row[2]) then
  return false
end
tell(ARGV[1], ARGV[2], 'user ' .. ARGV[3])
redis.call('HSET', user, 'hash', ARGV[5])
redis.call('HINCRBY', user, 'epoch', 1)
drop_secrets(every)
local ending = {}
for _, id in ipairs(all_sessions()) do
  if id ~= ARGV[6] then
    table.insert(ending, id)
  end
end
return {end_sessions(ending), row[3] and 0 or 1}
