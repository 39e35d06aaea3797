-- ARGV: channel, origin, pool, name, how many of it at once, how many at once of the names that
-- share a limit, worker, now, until when, these names
local pool, name, now = ARGV[3], ARGV[4], ARGV[8]

local function running(name)
  return redis.call('ZCOUNT', of_name('lease', pool, name), '(' .. now, '+inf')
end

local together = 0
for i = 10, #ARGV do
  together = together + running(ARGV[i])
end
if running(name) >= tonumber(ARGV[5]) or together >= tonumber(ARGV[6]) then
  return false
end

-- Due for longest, and added first of those. Of the abandoned ones as many are looked at as keeps
-- nobody waiting.
local function first(where)
  local best, best_due
  for _, place in ipairs(where) do
    local id = id_at(place)
    local due = tonumber(redis.call('HGET', of('item', id), 'due'))
    if not due then
      -- One that is not there any more must not keep the others.
      forget(pool, name, {id, number_at(place)})
    elseif not best or due < best_due or due == best_due and place < best then
      best, best_due = place, due
    end
  end
  return best
end

local function until_now(list, many)
  return redis.call('ZRANGEBYSCORE', of_name(list, pool, name), '-inf', now, 'LIMIT', 0, many)
end

local where = until_now('lease', 1000)
for _, due in ipairs(until_now('due', 10)) do
  table.insert(where, due)
end
local best = first(where)
if not best then
  return false
end
local work = find_work(id_at(best))
tell_work(ARGV[1], ARGV[2], work)
move(work, 'running', ARGV[9])
local row = of('item', work.id)
redis.call('HSET', row, 'worker', ARGV[7], 'lease', ARGV[9], 'started', now, 'progress', 0)
redis.call('HINCRBY', row, 'attempts', 1)
redis.call('HINCRBY', row, 'revision', 1)
return redis.call('HGETALL', row)
