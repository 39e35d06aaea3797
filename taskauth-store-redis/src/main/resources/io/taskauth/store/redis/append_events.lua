-- ARGV: for each event its id, its line, how many terms it is found by, and these
local base, i = KEYS[1], 1
while ARGV[i] do
  local id, line, terms = ARGV[i], ARGV[i + 1], {}
  for t = 1, tonumber(ARGV[i + 2]) do
    terms[t] = ARGV[i + 2 + t]
  end
  i = i + 3 + #terms
  if redis.call('HEXISTS', base .. ':ids', id) == 0 then
    local number = redis.call('INCR', base .. ':number')
    redis.call('HSET', base .. ':ids', id, number)
    redis.call('HSET', base .. ':events', number, cjson.encode({line, id, terms}))
    redis.call('ZADD', base .. ':order', number, number)
    for _, term in ipairs(terms) do
      redis.call('ZADD', base .. ':by:' .. term, number, number)
    end
  end
end
return 1
