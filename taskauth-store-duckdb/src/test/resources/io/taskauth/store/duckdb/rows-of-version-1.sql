-- What a store of version 1 had in it. Cyd and Dan were created in the same millisecond.

INSERT INTO taskauth_user VALUES
  ('01950000-0000-7000-8000-00000000000d', 'Dan', 'Dan@Example.org', NULL, 'viewer', true,
   1740000003000, NULL, NULL, NULL, 'backend:ldap', NULL, 0),
  ('01950000-0000-7000-8000-00000000000a', 'ada', 'ada@example.org', 'Ada, Countess of Lovelace',
   'admin', true, 1740000001000, 1740000009000, NULL, NULL, 'password', 'hash of ada', 2),
  ('01950000-0000-7000-8000-00000000000c', 'cyd', NULL, NULL, 'operator', true, 1740000003000,
   1740000008000, NULL, NULL, 'password', 'hash of cyd', 0),
  ('01950000-0000-7000-8000-00000000000b', 'Bob@example.org', 'bob@example.org', NULL, 'admin',
   false, 1740000002000, NULL, 1740000005000, '01950000-0000-7000-8000-00000000000a', 'password',
   'hash of bob', 1);

INSERT INTO taskauth_login_name VALUES
  ('ada', '01950000-0000-7000-8000-00000000000a'),
  ('ada@example.org', '01950000-0000-7000-8000-00000000000a'),
  ('bob@example.org', '01950000-0000-7000-8000-00000000000b'),
  ('cyd', '01950000-0000-7000-8000-00000000000c'),
  ('dan', '01950000-0000-7000-8000-00000000000d'),
  ('dan@example.org', '01950000-0000-7000-8000-00000000000d');

INSERT INTO taskauth_session VALUES
  ('000000000000000000000000000000aa', '01950000-0000-7000-8000-00000000000a', 1740000009000,
   1740000060000, 4102444800000, '192.0.2.7', 'curl/8'),
  ('000000000000000000000000000000cc', '01950000-0000-7000-8000-00000000000c', 1740000008000,
   1740000008000, 4102444800000, NULL, NULL);

INSERT INTO taskauth_one_time_secret VALUES
  ('hash of a ticket', 'ws-ticket', NULL, '000000000000000000000000000000aa', '{}', 4102444800000),
  ('hash of a link', 'password-reset', '01950000-0000-7000-8000-00000000000c', NULL, 'payload',
   4102444800000);

INSERT INTO taskauth_attempt VALUES ('name:ada', 3, 4102444800000);

INSERT INTO taskauth_setting VALUES ('webhooks', 7, '{"urls": []}');
