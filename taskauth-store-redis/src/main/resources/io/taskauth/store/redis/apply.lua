-- Carries out in the account's own slot what was decided in the slot of all accounts. It may come
-- twice, or long after others: a row that has this version, or a later one, is left alone.
-- ARGV: channel, origin, user, version, kind, when it closes or '', how many to set,
--       fields to set with their values, fields to take off; where an identity is unlinked, the
--       fields are those of sessions that were opened through it
local channel, origin, id, version, kind, closed = unpack(ARGV, 1, 6)
local known = tonumber(redis.call('HGET', user, 'v') or '0')

local function delete()
  end_sessions(all_sessions())
  drop_secrets(every)
  if redis.call('EXISTS', base .. ':tokens') == 1 then
    for _, token in ipairs(redis.call('ZRANGE', base .. ':tokens', 0, -1)) do
      redis.call('DEL', of('token', token))
    end
    -- Kept for whoever takes them off everybody's list, in case that one has to be another.
    redis.call('RENAME', base .. ':tokens', base .. ':gone')
    redis.call('PEXPIRE', base .. ':gone', 86400000)
  end
  -- The version stays for a day: a process that slept since it created the account changes nothing.
  redis.call('DEL', user)
  redis.call('HSET', user, 'v', version)
  redis.call('PEXPIRE', user, 86400000)
end

local function close()
  redis.call('HINCRBY', user, 'epoch', 1)
  end_sessions(all_sessions())
  drop_secrets(every)
  for _, token in ipairs(redis.call('ZRANGE', base .. ':tokens', 0, -1)) do
    redis.call('HSETNX', of('token', token), 'revoked', closed)
  end
end

local sets = tonumber(ARGV[7])

local function unlink()
  redis.call('HSET', user, 'v', version)
  redis.call('HINCRBY', user, 'epoch', 1)
  local ending = {}
  for _, session in ipairs(all_sessions()) do
    if is_through(session, 8, 7 + 2 * sets) then
      table.insert(ending, session)
    end
  end
  end_sessions(ending)
end

local function write()
  redis.call('HSET', user, 'v', version)
  for i = 8, 7 + 2 * sets, 2 do
    redis.call('HSET', user, ARGV[i], ARGV[i + 1])
  end
  for i = 8 + 2 * sets, #ARGV do
    redis.call('HDEL', user, ARGV[i])
  end
end

if known < tonumber(version) then
  if kind ~= 'create' then
    tell(channel, origin, 'user ' .. id)
  end
  if kind == 'delete' then
    delete()
  elseif kind == 'unlink' then
    unlink()
  else
    write()
    if closed ~= '' then
      close()
    end
  end
end

-- The tokens that must leave everybody's list, whoever carried it out.
if kind == 'delete' then
  return redis.call('ZRANGE', base .. ':gone', 0, -1)
end
local revoked = {}
if closed ~= '' then
  for _, token in ipairs(redis.call('ZRANGE', base .. ':tokens', 0, -1)) do
    if redis.call('HEXISTS', of('token', token), 'revoked') == 1 then
      table.insert(revoked, token)
    end
  end
end
return revoked
