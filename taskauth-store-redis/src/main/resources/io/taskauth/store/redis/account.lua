-- What the scripts about one account share, and those about other things that have an end. KEYS[1]
-- is what all of the keys begin with, and what keeps them in one slot: prefix:{user id}. No key has
-- that name itself. The scripts name the keys, all in that slot.
local base = KEYS[1]
local user = base .. ':user'

local function of(kind, id)
  return base .. ':' .. kind .. ':' .. id
end

-- Goes before the first write: where a user may not publish, nothing must have been changed.
local function tell(channel, origin, what)
  redis.call('PUBLISH', channel, origin .. ' ' .. what)
end

-- Lets Redis clear away what nobody swept, an hour after its end. The server's clock decides about
-- garbage only, and never about what is valid.
local function keep_until(key, ends)
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local left = math.max(tonumber(ends) - now, 0) + 3600000
  if redis.call('PTTL', key) < left then
    redis.call('PEXPIRE', key, string.format('%.0f', left))
  end
end

local function drop_secrets(is_wanted)
  for _, hash in ipairs(redis.call('SMEMBERS', base .. ':secrets')) do
    if is_wanted(hash) then
      redis.call('SREM', base .. ':secrets', hash)
      redis.call('DEL', of('secret', hash))
    end
  end
end

local function every()
  return true
end

-- Ends sessions with the secrets that belong to them; the answer is how many were still there.
local function end_sessions(ids)
  local ended, count = {}, 0
  for _, id in ipairs(ids) do
    ended[id] = true
    redis.call('ZREM', base .. ':sessions', id)
    count = count + redis.call('DEL', of('session', id))
  end
  if #ids > 0 then
    drop_secrets(function(hash)
      return ended[redis.call('HGET', of('secret', hash), 'session')]
    end)
  end
  return count
end

-- Whether a session was opened through a provider as ARGV has it from there to there: fields of its
-- row with their values, the slot at least, which no other session has. One that has no sid may be
-- any of its subject's.
local function is_through(session, first, last)
  local subject = false
  for i = first, last, 2 do
    local has = redis.call('HGET', of('session', session), ARGV[i])
    subject = subject or ARGV[i] == 'subject'
    if has ~= ARGV[i + 1] and (has or ARGV[i] ~= 'sid' or not subject) then
      return false
    end
  end
  return true
end

local function all_sessions()
  return redis.call('ZRANGE', base .. ':sessions', 0, -1)
end
