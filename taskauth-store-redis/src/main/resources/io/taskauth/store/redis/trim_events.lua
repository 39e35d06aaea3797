-- ARGV: how many to keep, how many to remove at most
local base = KEYS[1]
local many = math.min(redis.call('ZCARD', base .. ':order') - tonumber(ARGV[1]), tonumber(ARGV[2]))
if many <= 0 then
  return 0
end
local numbers = redis.call('ZRANGE', base .. ':order', 0, many - 1)
for _, number in ipairs(numbers) do
  -- One that is not there any more must not keep the others.
  local text = redis.call('HGET', base .. ':events', number)
  if text then
    local event = cjson.decode(text)
    redis.call('HDEL', base .. ':ids', event[2])
    for _, term in ipairs(event[3]) do
      redis.call('ZREM', base .. ':by:' .. term, number)
    end
  end
  redis.call('HDEL', base .. ':events', number)
  redis.call('ZREM', base .. ':order', number)
end
return #numbers
