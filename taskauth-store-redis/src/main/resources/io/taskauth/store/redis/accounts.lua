-- What the scripts about all accounts share. KEYS[1] is prefix:{accounts}, their one slot: here it
-- is decided which change happens, and written down until the account's own slot has it.
local base = KEYS[1]
local names = base .. ':names'
local order = base .. ':order'
local versions = base .. ':versions'
local waiting = base .. ':waiting'
local intents = base .. ':intents'

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
