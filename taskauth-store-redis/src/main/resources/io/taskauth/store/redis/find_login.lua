-- ARGV: name or e-mail. The id of the account.
return holder(ARGV[1])
