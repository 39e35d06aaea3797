-- ARGV: the number to begin below, at most, the terms of which one must match (none: all events).
-- Newest first, each as number and line.
local base, before, limit = KEYS[1], ARGV[1], tonumber(ARGV[2])
local indexes = {base .. ':order'}
if #ARGV > 2 then
  indexes = {}
  for i = 3, #ARGV do
    table.insert(indexes, base .. ':by:' .. ARGV[i])
  end
end
local numbers, seen = {}, {}
for _, index in ipairs(indexes) do
  for _, number in ipairs(redis.call('ZREVRANGEBYSCORE', index, before, '-inf', 'LIMIT', 0, limit)) do
    if not seen[number] then
      seen[number] = true
      table.insert(numbers, number)
    end
  end
end
table.sort(numbers, function(a, b) return tonumber(a) > tonumber(b) end)
local found = {}
for i = 1, math.min(limit, #numbers) do
  local event = redis.call('HGET', base .. ':events', numbers[i])
  table.insert(found, numbers[i])
  table.insert(found, cjson.decode(event)[1])
end
return found
