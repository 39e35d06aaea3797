-- ARGV: channel, origin, id, worker, attempt, until when, progress or ''. The answer is what came
-- of it, and the pool if others are to know.
local work = find_held(ARGV[3], ARGV[4], ARGV[5])
if not work then
  return {'LOST'}
end
local row = of('item', work.id)
local answer = {redis.call('HEXISTS', row, 'cancel') == 1 and 'CANCEL_REQUESTED' or 'HELD'}
if ARGV[7] ~= '' then
  if tonumber(redis.call('HGET', row, 'progress')) ~= tonumber(ARGV[7]) then
    tell_work(ARGV[1], ARGV[2], work)
    table.insert(answer, work.pool)
  end
  redis.call('HSET', row, 'progress', ARGV[7])
end
redis.call('ZADD', of_name('lease', work.pool, work.name), ARGV[6], place(work.number, work.id))
redis.call('HSET', row, 'lease', ARGV[6])
redis.call('HINCRBY', row, 'revision', 1)
return answer
