-- As commit_create.lua, apply.lua and settle.lua leave an account. ARGV: id, name, e-mail, role,
-- created, origin, for each.
local accounts = KEYS[1] .. ':{accounts}'
for i = 1, #ARGV, 6 do
  local id, name, email, role, created, origin = unpack(ARGV, i, i + 5)
  redis.call('ZADD', accounts .. ':names', 0, name .. '\0' .. id)
  redis.call('ZADD', accounts .. ':names', 0, email .. '\0' .. id)
  redis.call('ZADD', accounts .. ':order', redis.call('INCR', accounts .. ':number'), id)
  redis.call('HSET', accounts .. ':versions', id, 1)
  redis.call('SADD', accounts .. ':role:' .. role, id)
  redis.call('HSET', KEYS[1] .. ':{' .. id .. '}:user', 'v', 1, 'name', name, 'email', email,
    'role', role, 'active', 1, 'created', created, 'origin', origin, 'epoch', 0)
end
