-- ARGV: the version that this library knows. The answer is the version that was found.
local schema = KEYS[1] .. ':schema'
local found = redis.call('GET', schema)
if not found then
  redis.call('SET', schema, ARGV[1])
end
return found or ARGV[1]
