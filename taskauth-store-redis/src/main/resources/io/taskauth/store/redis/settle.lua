-- ARGV: user, version. Takes off an intent that was carried out, but not one that came after it.
local intent = redis.call('HGET', KEYS[1] .. ':intents', ARGV[1])
if intent and cjson.decode(intent)[1] == ARGV[2] then
  return redis.call('HDEL', KEYS[1] .. ':intents', ARGV[1])
end
return 0
