SELECT id AS key_id,
       name,
       account AS project_id,
       created::timestamptz AS created_at,
       used::timestamptz AS last_used_at,
       expires::timestamptz AS expires_at,
       status
  FROM tokens
