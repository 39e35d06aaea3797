-- ARGV: channel, origin, account, the token that it must have, until when that one stays good, the
-- next token's id, hash and when it was made
local account = of('account', ARGV[3])
local row = redis.call('HMGET', account, 'token', 'hash', 'token_created')
if not row[1] then
  return 'NOT_FOUND'
end
if row[1] ~= ARGV[4] then
  return 'ANOTHER_TOKEN'
end
tell(ARGV[1], ARGV[2], 'service ' .. ARGV[3])
redis.call('HSET', account,
  'previous', row[1], 'previous_hash', row[2], 'previous_created', row[3],
  'previous_until', ARGV[5], 'token', ARGV[6], 'hash', ARGV[7], 'token_created', ARGV[8])
return 'ROTATED'
