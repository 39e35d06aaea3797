-- ARGV: user
local intent = redis.call('HGET', KEYS[1] .. ':intents', ARGV[1])
return intent and cjson.decode(intent)
