-- The tokens of a user that are not revoked, newest first, each as its id and its fields.
local found = {}
for _, id in ipairs(redis.call('ZREVRANGE', base .. ':tokens', 0, -1)) do
  if redis.call('HEXISTS', of('token', id), 'revoked') == 0 then
    table.insert(found, {id, redis.call('HGETALL', of('token', id))})
  end
end
return found
