-- ARGV: hash, its session or '', the purpose whose secrets it replaces or '', expires, fields
-- KEYS[1] is an account, or the place of those that are nobody's.
local hash, session, purpose = ARGV[1], ARGV[2], ARGV[3]
if session ~= '' and redis.call('EXISTS', of('session', session)) == 0 then
  return 0
end
if purpose ~= '' then
  drop_secrets(function(other)
    return redis.call('HGET', of('secret', other), 'purpose') == purpose
  end)
end
redis.call('HSET', of('secret', hash), unpack(ARGV, 5))
redis.call('SADD', base .. ':secrets', hash)
keep_until(of('secret', hash), ARGV[4])
keep_until(base .. ':secrets', ARGV[4])
return 1
