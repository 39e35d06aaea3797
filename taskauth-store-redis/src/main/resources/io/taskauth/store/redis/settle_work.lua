-- ARGV: channel, origin, id, worker, attempt, status, when it ended, when it is due again, '=note'
-- or '', '=output' or ''. The answer is the pool, or nothing where it is no longer theirs.
local work = find_held(ARGV[3], ARGV[4], ARGV[5])
if not work then
  return false
end
tell_work(ARGV[1], ARGV[2], work)
local row, status = of('item', work.id), ARGV[6]
if status == 'queued' and redis.call('HEXISTS', row, 'cancel') == 1 then
  status = 'cancelled'
end
if status == 'queued' then
  redis.call('HSET', row, 'due', ARGV[8], 'progress', 0)
else
  redis.call('HSET', row, 'finished', ARGV[7])
end
if status == 'succeeded' then
  redis.call('HSET', row, 'progress', 1)
end
if ARGV[9] == '' then
  redis.call('HDEL', row, 'note')
else
  redis.call('HSET', row, 'note', string.sub(ARGV[9], 2))
end
if ARGV[10] ~= '' then
  redis.call('HSET', row, 'output', string.sub(ARGV[10], 2))
end
redis.call('HDEL', row, 'worker', 'lease')
redis.call('HINCRBY', row, 'revision', 1)
move(work, status, ARGV[8])
return work.pool
