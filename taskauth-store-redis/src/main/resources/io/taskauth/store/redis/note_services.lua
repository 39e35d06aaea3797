-- ARGV: of each account its id, when it was used, where from or ''. Never an earlier time over a
-- later, and never for one that is gone.
for i = 1, #ARGV, 3 do
  local account = of('account', ARGV[i])
  local row = redis.call('HMGET', account, 'name', 'used')
  if row[1] and (not row[2] or tonumber(ARGV[i + 1]) > tonumber(row[2])) then
    redis.call('HSET', account, 'used', ARGV[i + 1])
    if ARGV[i + 2] ~= '' then
      redis.call('HSET', account, 'used_ip', ARGV[i + 2])
    else
      redis.call('HDEL', account, 'used_ip')
    end
  end
end
return 1
