-- What the scripts about all accounts share. KEYS[1] is prefix:{accounts}, their one slot: here it
-- is decided which change happens, and written down until the account's own slot has it.
local base = KEYS[1]
local names = base .. ':names'
local order = base .. ':order'
local versions = base .. ':versions'
local waiting = base .. ':waiting'
local intents = base .. ':intents'
local identities = base .. ':identities'

-- Names and e-mail addresses in one sorted set, each followed by a zero byte and whose it is: the
-- byte sorts before every letter, so the order is that of the names.
local function entry(login, id)
  return login .. '\0' .. id
end

local function holder(login)
  local found = redis.call('ZRANGEBYLEX', names, '[' .. login .. '\0', '(' .. login .. '\1', 'LIMIT', 0, 1)
  return found[1] and string.sub(found[1], #login + 2)
end

local function role(name)
  return base .. ':role:' .. name
end

-- Whether somebody else holds the role, is active and has a way to sign in.
local function another(name, id)
  local cursor = '0'
  repeat
    local page = redis.call('SSCAN', role(name), cursor, 'COUNT', 100)
    for _, member in ipairs(page[2]) do
      if member ~= id and redis.call('SISMEMBER', waiting, member) == 0 then
        return true
      end
    end
    cursor = page[1]
  until cursor == '0'
  return false
end

-- Whose an identity is and since when is in one hash; beside it each account has its own in the order
-- in which they were linked.
local function identities_of(id)
  return identities .. ':' .. id
end

local function is_there(id)
  return redis.call('HEXISTS', versions, id) == 1
end

-- A node of the release before this one, which may still run, deletes an account and not its
-- identities: they are free.
local function is_linked(identity)
  local claim = redis.call('HGET', identities, identity)
  return claim and is_there(string.match(claim, '^%S+'))
end

local function link(identity, id, when)
  redis.call('HSET', identities, identity, id .. ' ' .. when)
  redis.call('ZADD', identities_of(id), redis.call('INCR', base .. ':number'), identity)
end

local function unlink(identity, id)
  redis.call('HDEL', identities, identity)
  redis.call('ZREM', identities_of(id), identity)
end

-- What is from here on certain to happen, whoever carries it out: ARGV from there on is version,
-- kind and what apply.lua needs.
local function commit(id, from)
  redis.call('HSET', intents, id, cjson.encode({unpack(ARGV, from)}))
end

-- Why a change cannot be decided upon now: another one must be carried out, or read, first.
local function obstacle(id, version)
  if redis.call('HEXISTS', intents, id) == 1 then
    return 'PENDING'
  end
  -- A row is never newer than what was decided, unless a failover lost the decision.
  local decided = redis.call('HGET', versions, id)
  if not decided or tonumber(decided) > tonumber(version) then
    return 'STALE ' .. (decided or '0')
  end
end
