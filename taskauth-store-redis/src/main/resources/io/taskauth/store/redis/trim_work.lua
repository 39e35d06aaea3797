-- ARGV: pool, how many to keep of each name, how many to remove at most. Begins with the name of
-- which there is most.
local pool, keep, left = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
while left > 0 do
  local name = redis.call('ZREVRANGEBYSCORE', of_pool('done', pool), '+inf', '(' .. keep,
    'LIMIT', 0, 1)[1]
  if not name then
    break
  end
  local surplus = redis.call('ZCARD', of_name('finished', pool, name)) - keep
  left = left - forget_oldest('finished', pool, name, math.min(surplus, left))
end
return tonumber(ARGV[3]) - left
