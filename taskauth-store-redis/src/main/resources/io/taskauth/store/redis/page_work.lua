-- ARGV: what is wanted (see list_of), the number to begin below, how many at most, how many to look
-- at for that. The answer is the number to go on below or '', and the work, newest first.
local label, most = ARGV[4], tonumber(ARGV[6])
local many = label == '' and most or tonumber(ARGV[7])
local ids, matches = window(list_of(ARGV[1], ARGV[2], ARGV[3]), ARGV[1], label, ARGV[5], many)
local found, further = {}, ''
for i = 1, #ids, 2 do
  local work = matches[ids[i]] and item(ids[i]) or {}
  if #work > 0 then
    table.insert(found, work)
  end
  further = ids[i + 1]
  if #found == most then
    break
  end
end
if #ids < 2 * many and #found < most then
  further = ''
end
return {further, found}
