-- ARGV: channel, origin, id, now. The answer is whether that changed something, and the work.
local work = find_work(ARGV[3])
if not work then
  return false
end
local row = of('item', work.id)
local open = work.status == 'queued' or work.status == 'running'
if not open or redis.call('HEXISTS', row, 'cancel') == 1 then
  return {0, item(work.id)}
end
tell_work(ARGV[1], ARGV[2], work)
redis.call('HSET', row, 'cancel', 1)
redis.call('HINCRBY', row, 'revision', 1)
if work.status == 'queued' then
  redis.call('HSET', row, 'finished', ARGV[4])
  move(work, 'cancelled')
end
return {1, item(work.id)}
