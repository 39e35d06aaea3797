-- ARGV: user, version that was read, role of which another holder must remain or '', role before and
--       role after ('' where closed), name, e-mail before and after ('' where none), intent
local id, guarded, before, after = ARGV[1], ARGV[3], ARGV[4], ARGV[5]
local name, old, new = ARGV[6], ARGV[7], ARGV[8]
local why = obstacle(id, ARGV[2])
if why then
  return why
end
if guarded ~= '' and not another(guarded, id) then
  return 'LAST_ADMINISTRATOR'
end
local other = new ~= '' and holder(new)
if other and other ~= id then
  return 'EMAIL_TAKEN'
end
commit(id, 9)
if old ~= '' and old ~= name then
  redis.call('ZREM', names, entry(old, id))
end
if new ~= '' then
  redis.call('ZADD', names, 0, entry(new, id))
end
if before ~= after then
  if before ~= '' then
    redis.call('SREM', role(before), id)
  end
  if after ~= '' then
    redis.call('SADD', role(after), id)
  end
end
redis.call('HSET', versions, id, ARGV[9])
return 'DONE'
