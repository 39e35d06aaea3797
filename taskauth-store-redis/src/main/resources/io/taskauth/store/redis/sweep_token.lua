-- ARGV: token, ended before. 'gone', 'removed', or when to look again, '' for never.
local row = redis.call('HMGET', of('token', ARGV[1]), 'created', 'revoked', 'expires')
if not row[1] then
  return 'gone'
end
local before = tonumber(ARGV[2])
for i = 2, 3 do
  if row[i] and tonumber(row[i]) < before then
    redis.call('ZREM', base .. ':tokens', ARGV[1])
    redis.call('DEL', of('token', ARGV[1]))
    return 'removed'
  end
end
if row[2] and row[3] then
  return string.format('%.0f', math.min(row[2], row[3]))
end
return row[2] or row[3] or ''
