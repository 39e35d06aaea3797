-- ARGV: pool, name, how many to remove at most
return forget_oldest('all', ARGV[1], ARGV[2], tonumber(ARGV[3]))
