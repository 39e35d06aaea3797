-- ARGV: channel, origin, how many of a name may wait, and of each piece its id, pool, name, label,
-- when it was made and is due, and its input. The answer is the places
-- in this list, from 0, of those that were added.
local added = {}
for i = 4, #ARGV, 7 do
  local id, pool, name = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if redis.call('EXISTS', of('item', id)) == 0
      and redis.call('ZCARD', of_name('due', pool, name)) < tonumber(ARGV[3]) then
    local work = {id = id, pool = pool, name = name}
    tell_work(ARGV[1], ARGV[2], work)
    work.number = redis.call('INCR', base .. ':number')
    redis.call('HSET', of('item', id), 'id', id, 'number', work.number, 'pool', pool, 'name', name,
      'label', ARGV[i + 3], 'created', ARGV[i + 4], 'due', ARGV[i + 5], 'input', ARGV[i + 6],
      'status', 'queued', 'attempts', 0, 'progress', 0, 'revision', 0)
    if ARGV[i + 3] ~= '' then
      redis.call('HSET', of_pool('labels', pool), id, ARGV[i + 3])
    end
    enlist('all', work)
    enlist('queued', work)
    redis.call('ZADD', of_name('due', pool, name), ARGV[i + 5], place(work.number, id))
    redis.call('SADD', of_pool('open', pool), name)
    table.insert(added, (i - 4) / 7)
  end
end
return added
