-- ARGV: user, version that was read, role of which another holder must remain or '', role or ''
--       where closed, name, e-mail or '', intent
local id = ARGV[1]
local why = obstacle(id, ARGV[2])
if why then
  return why
end
if (ARGV[3] ~= '' and not another(ARGV[3], id)) or redis.call('ZCARD', order) == 1 then
  return 'LAST_ADMINISTRATOR'
end
commit(id, 7)
redis.call('ZREM', names, entry(ARGV[5], id), entry(ARGV[6], id))
for _, identity in ipairs(redis.call('ZRANGE', identities_of(id), 0, -1)) do
  unlink(identity, id)
end
redis.call('ZREM', order, id)
redis.call('HDEL', versions, id)
redis.call('SREM', waiting, id)
if ARGV[4] ~= '' then
  redis.call('SREM', role(ARGV[4]), id)
end
return 'DONE'
