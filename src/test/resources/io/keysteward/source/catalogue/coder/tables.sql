CREATE TYPE login_type AS ENUM ('password', 'github', 'oidc', 'token', 'none');
CREATE TYPE user_status AS ENUM ('active', 'suspended', 'dormant');
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL, username text NOT NULL, status user_status NOT NULL DEFAULT 'dormant',
  deleted boolean NOT NULL DEFAULT false);
CREATE TABLE api_keys (
  id text PRIMARY KEY, hashed_secret bytea NOT NULL, user_id uuid NOT NULL, last_used timestamptz NOT NULL, expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, login_type login_type NOT NULL,
  lifetime_seconds bigint NOT NULL DEFAULT 86400, token_name text NOT NULL DEFAULT '');
INSERT INTO users VALUES
  ('11111111-1111-4111-8111-111111111111', 'ann@example.org', 'ann', 'active', false),
  ('22222222-2222-4222-8222-222222222222', 'bob@example.org', 'bob', 'suspended', false),
  ('33333333-3333-4333-8333-333333333333', 'cid@example.org', 'cid', 'active', true);
INSERT INTO api_keys (id, hashed_secret, user_id, last_used, expires_at, created_at, updated_at, login_type, token_name) VALUES
  ('aaaaaaaaaa', '\x00', '11111111-1111-4111-8111-111111111111', '2026-11-20 10:00:00Z', '2027-02-03Z', '2026-02-03 04:05:06Z', '2026-02-03Z', 'token', 'ci'),
  ('bbbbbbbbbb', '\x00', '22222222-2222-4222-8222-222222222222', '0001-01-01Z', '2027-02-03Z', '2026-03-03Z', '2026-03-03Z', 'token', ''),
  ('cccccccccc', '\x00', '33333333-3333-4333-8333-333333333333', '2026-11-01Z', '2027-02-03Z', '2026-04-03Z', '2026-04-03Z', 'token', 'of-the-deleted'),
  ('dddddddddd', '\x00', '11111111-1111-4111-8111-111111111111', '2026-11-21Z', '2026-11-28Z', '2026-11-01Z', '2026-11-21Z', 'oidc', ''),
  ('eeeeeeeeee', '\x00', '11111111-1111-4111-8111-111111111111', '2026-11-21Z', '2027-11-28Z', '2026-11-01Z', '2026-11-21Z', 'token',
   '11111111-1111-4111-8111-111111111111_44444444-4444-4444-8444-444444444444_session_token');
