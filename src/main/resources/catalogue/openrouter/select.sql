-- hash is OpenRouter's own name of a key. A label that is no mask was written by a person.
SELECT hash AS key_id,
       name,
       CASE WHEN label LIKE '%...%' THEN label END AS masked_key,
       workspace AS project_id,
       creator AS owner_id,
       created::timestamptz AS created_at,
       used::timestamptz AS last_used_at,
       expires::timestamptz AS expires_at,
       CASE WHEN disabled::boolean THEN 'disabled' ELSE 'active' END AS status
  FROM keys
