-- ARGV: what is wanted (see list_of), the number to begin below, how many to look at. The answer is
-- how many match, and the number to go on below or ''.
local list, label, many = list_of(ARGV[1], ARGV[2], ARGV[3]), ARGV[4], tonumber(ARGV[6])
if label == '' then
  return {redis.call('ZCARD', list), ''}
end
local ids, matches = window(list, ARGV[1], label, ARGV[5], many)
local count = 0
for i = 1, #ids, 2 do
  if matches[ids[i]] then
    count = count + 1
  end
end
return {count, #ids == 2 * many and ids[#ids] or ''}
