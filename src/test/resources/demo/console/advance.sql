-- Brings the console's table to an instant: keys that were made since appear, and keys are used.

INSERT INTO api_key (id, name, masked_key, project_id, owner_id, kind, status, created_at, last_used_at, expires_at)
SELECT id, name, masked_key, project_id, owner_id, kind, status, created_at, last_used_at, expires_at
FROM story.new_keys(:since, :as_of);

UPDATE api_key k SET last_used_at = s.last_used_at
FROM story.keys_at(:as_of) s
WHERE k.id = s.id AND k.last_used_at IS DISTINCT FROM s.last_used_at;
