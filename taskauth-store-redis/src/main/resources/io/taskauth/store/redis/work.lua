-- What the scripts about work share, after account.lua. Each piece has a row, item:<id>, and is in
-- these sorted sets, once for its pool and once for its name:
--   all, and one for each status: by number
-- and for its name only in one of:
--   due: what waits, by when it is due; lease: what runs, by when its lease ends
--   finished: what is finished, by number
-- A pool has besides
--   open: the set of its names that have something waiting or running
--   done: its names by how much of each is finished
--   labels: a hash of those labels that are not empty, by id
local lists = {'all', 'queued', 'running', 'succeeded', 'failed', 'dead', 'cancelled'}

-- All that lists show: without the input and the output, which may be long.
local columns = {'id', 'number', 'pool', 'name', 'label', 'status', 'created', 'due', 'attempts',
  'worker', 'lease', 'started', 'finished', 'progress', 'cancel', 'revision', 'note'}

local function of_pool(list, pool)
  return base .. ':' .. list .. ':pool:' .. pool
end

-- Both may be any text: the length says where one ends.
local function of_name(list, pool, name)
  return base .. ':' .. list .. ':name:' .. #pool .. ':' .. pool .. ':' .. name
end

-- A member that sorts by number where the scores are equal.
local function place(number, id)
  return string.format('%016.0f', tonumber(number)) .. ':' .. id
end

local function number_at(place)
  return string.sub(place, 1, 16)
end

local function id_at(place)
  return string.sub(place, 18)
end

local function find_work(id)
  local row = redis.call('HMGET', of('item', id), 'number', 'pool', 'name', 'status')
  return row[1] and {id = id, number = row[1], pool = row[2], name = row[3], status = row[4]}
end

-- The work, if that attempt of that worker is the one under way.
local function find_held(id, worker, attempt)
  local row = redis.call('HMGET', of('item', id), 'status', 'worker', 'attempts')
  return row[1] == 'running' and row[2] == worker and row[3] == attempt and find_work(id)
end

local function item(id)
  local values = redis.call('HMGET', of('item', id), unpack(columns))
  local found = {}
  for i, column in ipairs(columns) do
    if values[i] then
      table.insert(found, column)
      table.insert(found, values[i])
    end
  end
  return found
end

local function tell_work(channel, origin, work)
  tell(channel, origin, 'work ' .. work.id .. ' ' .. work.pool)
end

local function enlist(list, work)
  redis.call('ZADD', of_pool(list, work.pool), work.number, work.id)
  redis.call('ZADD', of_name(list, work.pool, work.name), work.number, work.id)
end

local function delist(list, work)
  redis.call('ZREM', of_pool(list, work.pool), work.id)
  redis.call('ZREM', of_name(list, work.pool, work.name), work.id)
end

local function recount(pool, name)
  local waiting = redis.call('ZCARD', of_name('due', pool, name))
  local running = redis.call('ZCARD', of_name('lease', pool, name))
  redis.call(waiting + running > 0 and 'SADD' or 'SREM', of_pool('open', pool), name)
  local finished = redis.call('ZCARD', of_name('finished', pool, name))
  if finished > 0 then
    redis.call('ZADD', of_pool('done', pool), finished, name)
  else
    redis.call('ZREM', of_pool('done', pool), name)
  end
end

-- Puts work where its status belongs. At is when it is due, or when its lease ends.
local function move(work, status, at)
  local pool, name, where = work.pool, work.name, place(work.number, work.id)
  delist(work.status, work)
  enlist(status, work)
  redis.call('ZREM', of_name('due', pool, name), where)
  redis.call('ZREM', of_name('lease', pool, name), where)
  if status == 'queued' then
    redis.call('ZADD', of_name('due', pool, name), at, where)
  elseif status == 'running' then
    redis.call('ZADD', of_name('lease', pool, name), at, where)
  else
    redis.call('ZADD', of_name('finished', pool, name), work.number, work.id)
  end
  redis.call('HSET', of('item', work.id), 'status', status)
  recount(pool, name)
end

-- Takes work out of everything, also where its row is lost. Found: its id and its number, in turn.
local function forget(pool, name, found)
  for i = 1, #found, 2 do
    local id, where = found[i], place(found[i + 1], found[i])
    redis.call('ZREM', of_name('due', pool, name), where)
    redis.call('ZREM', of_name('lease', pool, name), where)
    redis.call('ZREM', of_name('finished', pool, name), id)
    for _, list in ipairs(lists) do
      delist(list, {id = id, pool = pool, name = name})
    end
    redis.call('HDEL', of_pool('labels', pool), id)
    redis.call('DEL', of('item', id))
  end
  recount(pool, name)
end

-- Forgets those with the lowest numbers of a list; the answer is how many.
local function forget_oldest(list, pool, name, many)
  local found = redis.call('ZRANGEBYSCORE', of_name(list, pool, name), '-inf', '+inf',
    'WITHSCORES', 'LIMIT', 0, math.max(many, 0))
  forget(pool, name, found)
  return #found / 2
end

-- What is wanted: pool, '=name' or '', list, '=label' or ''.
local function list_of(pool, name, list)
  return name == '' and of_pool(list, pool) or of_name(list, pool, string.sub(name, 2))
end

-- What of a list is below a number, newest first, as ids and numbers, and which of these have the
-- label. At most so many are looked at.
local function window(list, pool, label, before, many)
  local found = redis.call('ZREVRANGEBYSCORE', list, before, '-inf', 'WITHSCORES', 'LIMIT', 0, many)
  local ids, matches = {}, {}
  for i = 1, #found, 2 do
    table.insert(ids, found[i])
  end
  if label ~= '' and #ids > 0 then
    local labels = redis.call('HMGET', of_pool('labels', pool), unpack(ids))
    for i, id in ipairs(ids) do
      matches[id] = '=' .. (labels[i] or '') == label
    end
  else
    for _, id in ipairs(ids) do
      matches[id] = true
    end
  end
  return found, matches
end
