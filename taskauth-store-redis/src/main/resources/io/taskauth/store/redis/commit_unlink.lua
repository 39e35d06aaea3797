-- ARGV: user, version that was read, identity, '1' where the last one must stay, intent
local id, identity = ARGV[1], ARGV[3]
local why = obstacle(id, ARGV[2])
if why then
  return why
end
if not redis.call('ZSCORE', identities_of(id), identity) then
  return 'NOT_FOUND'
end
if ARGV[4] == '1' and redis.call('ZCARD', identities_of(id)) == 1 then
  return 'ONLY_WAY_IN'
end
commit(id, 5)
unlink(identity, id)
redis.call('HSET', versions, id, ARGV[5])
return 'DONE'
