-- What a rehearsal has foretold, so that the nights that it foretold can say what came. It is all that a rehearsal stores.

CREATE TABLE rehearsal (
    rehearsal_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    made_at      timestamptz NOT NULL,
    requested_by text        NOT NULL,
    inventory_at timestamptz NOT NULL,
    first_night  date        NOT NULL,
    last_night   date        NOT NULL,
    armed_on     date        NOT NULL
);
COMMENT ON TABLE rehearsal IS 'Each use of the command rehearse.';
COMMENT ON COLUMN rehearsal.inventory_at IS 'The as-of of the run whose inventory it started from.';
COMMENT ON COLUMN rehearsal.first_night IS 'The day (UTC) of the first run that it rehearsed.';
COMMENT ON COLUMN rehearsal.armed_on IS 'From this night on it disabled keys, whether disabling was armed or not.';

CREATE TABLE rehearsal_step (
    rehearsal_id bigint NOT NULL REFERENCES rehearsal ON DELETE CASCADE,
    night        date   NOT NULL,
    step         text   NOT NULL CHECK (step IN ('WARNING', 'FINAL', 'DISABLED')),
    source       text   COLLATE "C" NOT NULL,
    key_id       text   COLLATE "C" NOT NULL,
    PRIMARY KEY (rehearsal_id, night, step, source, key_id)
);
COMMENT ON TABLE rehearsal_step IS 'What a rehearsal foretold of each key.';
COMMENT ON COLUMN rehearsal_step.step IS 'The owner gets this notice; DISABLED: and the key is disabled.';

CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON rehearsal
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();
CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON rehearsal_step
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();
