-- ARGV: session, last seen. Never an earlier time over a later, and never for one that has ended.
local session = KEYS[1] .. ':session:' .. ARGV[1]
local seen = redis.call('HGET', session, 'seen')
if seen and tonumber(ARGV[2]) > tonumber(seen) then
  redis.call('HSET', session, 'seen', ARGV[2])
end
return 1
