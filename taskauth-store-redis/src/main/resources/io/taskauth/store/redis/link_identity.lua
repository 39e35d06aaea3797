-- ARGV: identity, user, when
if not is_there(ARGV[2]) then
  return 'NO_USER'
end
if is_linked(ARGV[1]) then
  return 'TAKEN'
end
link(ARGV[1], ARGV[2], ARGV[3])
return 'LINKED'
