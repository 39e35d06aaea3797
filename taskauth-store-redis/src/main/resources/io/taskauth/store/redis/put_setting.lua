-- ARGV: channel, origin, name, expected version, document
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
if version ~= tonumber(ARGV[4]) then
  return false
end
redis.call('PUBLISH', ARGV[1], ARGV[2] .. ' setting ' .. ARGV[3])
redis.call('HSET', KEYS[1], 'version', string.format('%.0f', version + 1), 'document', ARGV[5])
return version + 1
