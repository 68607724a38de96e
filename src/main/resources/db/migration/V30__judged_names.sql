-- Names take two fifths of the time in which a source is read, and hardly any name is another one than yesterday.

CREATE TABLE judged_names (
    source    text COLLATE "C" PRIMARY KEY,
    judged_by text NOT NULL
);
COMMENT ON TABLE judged_names IS 'What has judged the names in key_record_now: program, policy and columns, as a hash. By the same, a name without a fault is not judged again while its row is as it was.';

CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON judged_names
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();
