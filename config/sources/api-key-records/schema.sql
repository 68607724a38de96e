-- A register of API keys, for people who keep their own. PostgreSQL 14 or later.
-- Run it in the schema where the register shall live: it names none.

CREATE TABLE account (
    id          text        PRIMARY KEY CHECK (btrim(id) <> ''),
    name        text,
    email       text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
);
COMMENT ON COLUMN account.disabled_at IS 'Since when the owner cannot sign in any more; null: they can.';

CREATE TABLE project (
    id         text        PRIMARY KEY CHECK (btrim(id) <> ''),
    name       text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
COMMENT ON COLUMN project.deleted_at IS 'Since when the project is deleted; null: it is there.';

-- project_id and owner_id have no foreign keys on purpose: a register that refuses a key
-- whose project or owner is gone cannot show that key, and it still works.
CREATE TABLE api_key (
    id              text        PRIMARY KEY CHECK (btrim(id) <> ''),
    name            text,
    masked_key      text        NOT NULL,
    project_id      text,
    owner_id        text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    last_used_at    timestamptz,
    expires_at      timestamptz,
    status          text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled', 'expired')),
    kind            text        NOT NULL DEFAULT 'personal',
    disabled_at     timestamptz,
    disabled_by_run bigint,
    -- Whoever switches a key on again must clear both, so that no later run can take a
    -- key that somebody re-enabled for one that Keysteward disabled.
    CONSTRAINT disabled_has_its_time CHECK (disabled_at IS NULL OR status = 'disabled'),
    CONSTRAINT disabled_by_run_is_disabled CHECK (disabled_by_run IS NULL OR disabled_at IS NOT NULL)
);
COMMENT ON COLUMN api_key.id IS 'The public id, never the secret.';
COMMENT ON COLUMN api_key.masked_key IS 'For display, such as sk-a****9xQ2; the secret is stored nowhere here.';
COMMENT ON COLUMN api_key.project_id IS 'Null: not project-scoped on purpose.';
COMMENT ON COLUMN api_key.last_used_at IS 'Null: never used.';
COMMENT ON COLUMN api_key.disabled_by_run IS 'The run_id of the run that disabled the key, unambiguous together with disabled_at; null: a person did.';
CREATE INDEX api_key_project ON api_key (project_id);
CREATE INDEX api_key_owner ON api_key (owner_id);
