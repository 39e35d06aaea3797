-- ARGV: user. The identities in the order in which they were linked, each followed by whose it is and
-- since when.
local found = {}
if not is_there(ARGV[1]) then
  return found
end
for _, identity in ipairs(redis.call('ZRANGE', identities_of(ARGV[1]), 0, -1)) do
  table.insert(found, identity)
  table.insert(found, redis.call('HGET', identities, identity))
end
return found
