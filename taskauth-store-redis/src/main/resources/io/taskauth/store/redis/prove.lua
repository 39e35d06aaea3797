-- KEYS: what is written, because a server that is the master no more refuses to.
-- ARGV: the channel of one node, what it wants to hear there
redis.call('SET', KEYS[1], '', 'PX', 60000)
redis.call('PUBLISH', ARGV[1], ARGV[2])
