-- All service accounts, each as its id and its fields.
local found = {}
for _, id in ipairs(redis.call('HVALS', base .. ':names')) do
  table.insert(found, {id, redis.call('HGETALL', of('account', id))})
end
return found
