CREATE TABLE "user" (id bigserial PRIMARY KEY, lower_name varchar(255), name varchar(255), email varchar(255) NOT NULL,
  is_active boolean, prohibit_login boolean NOT NULL DEFAULT false);
CREATE TABLE access_token (id bigserial PRIMARY KEY, uid bigint, name varchar(255), token_hash varchar(255), token_salt varchar(255),
  token_last_eight varchar(255), scope varchar(255), created_unix bigint, updated_unix bigint);
INSERT INTO "user" VALUES (1, 'ann', 'Ann', 'ann@example.org', true, false), (2, 'bob', 'bob', 'bob@example.org', true, true),
  (3, 'cid', 'cid', 'cid@example.org', false, false);
INSERT INTO access_token VALUES
  (1, 1, 'ci', 'hash-1', 'salt', '0a1b2c3d', 'write:repository', 1738555506, 1763632800),
  (2, 1, 'never', 'hash-2', 'salt', '1a1b2c3d', 'all', 1740974706, 1740974706),
  (3, 2, 'of one who may not log in', 'hash-3', 'salt', '2a1b2c3d', 'all', 1740974706, 1740974707),
  (4, 3, 'of one who never confirmed', 'hash-4', 'salt', '3a1b2c3d', 'all', 1740974706, 1740974706),
  (5, 9, 'of nobody', 'hash-5', 'salt', '4a1b2c3d', 'all', 1740974706, 1740974706);
