-- ARGV: user, '1' for the first one only, role or '' where closed, '1' where it cannot sign in yet,
--       name, e-mail or '', identity or '', when it is linked, intent
local id, name, email, identity = ARGV[1], ARGV[5], ARGV[6], ARGV[7]
if ARGV[2] == '1' and redis.call('ZCARD', order) > 0 then
  return 'NOT_FIRST'
end
if holder(name) then
  return 'NAME_TAKEN'
end
if email ~= '' and holder(email) then
  return 'EMAIL_TAKEN'
end
if identity ~= '' and is_linked(identity) then
  return 'IDENTITY_TAKEN'
end
commit(id, 9)
redis.call('ZADD', names, 0, entry(name, id))
if email ~= '' then
  redis.call('ZADD', names, 0, entry(email, id))
end
if identity ~= '' then
  link(identity, id, ARGV[8])
end
redis.call('ZADD', order, redis.call('INCR', base .. ':number'), id)
redis.call('HSET', versions, id, ARGV[9])
if ARGV[3] ~= '' then
  redis.call('SADD', role(ARGV[3]), id)
end
if ARGV[4] == '1' then
  redis.call('SADD', waiting, id)
end
return 'DONE'
