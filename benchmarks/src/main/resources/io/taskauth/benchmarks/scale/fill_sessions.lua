-- As note_end.lua and open_session.lua leave a session. ARGV: id, user, bucket, created, expires,
-- IP address, User-Agent, for each.
for i = 1, #ARGV, 7 do
  local id, user, bucket, created, expires, ip, agent = unpack(ARGV, i, i + 6)
  local ends = KEYS[1] .. ':{sessions-' .. bucket .. '}'
  local account = KEYS[1] .. ':{' .. user .. '}'
  local session = account .. ':session:' .. id
  redis.call('ZADD', ends .. ':ends', expires, id)
  redis.call('HSET', ends .. ':owners', id, user)
  redis.call('HSET', session, 'created', created, 'seen', created, 'expires', expires, 'ip', ip,
    'agent', agent)
  redis.call('ZADD', account .. ':sessions', created, id)
  -- An hour after its end, but never before it was swept here.
  if tonumber(expires) > 4000000000000 then
    redis.call('PEXPIREAT', session, expires + 3600000)
    redis.call('PEXPIREAT', account .. ':sessions', expires + 3600000)
  end
end
