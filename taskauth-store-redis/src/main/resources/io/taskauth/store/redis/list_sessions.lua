-- The sessions of a user, newest first, each as its id and its fields.
local found = {}
for _, id in ipairs(redis.call('ZREVRANGE', base .. ':sessions', 0, -1)) do
  local session = redis.call('HGETALL', of('session', id))
  if #session > 0 then
    table.insert(found, {id, session})
  end
end
return found
