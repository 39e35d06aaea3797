-- ARGV: id, when it ends, whose it is. Written before the thing itself, so that no crash leaves
-- something behind that nobody will ever sweep.
redis.call('ZADD', base .. ':ends', ARGV[2], ARGV[1])
redis.call('HSET', base .. ':owners', ARGV[1], ARGV[3])
keep_until(base .. ':ends', ARGV[2])
keep_until(base .. ':owners', ARGV[2])
return 1
