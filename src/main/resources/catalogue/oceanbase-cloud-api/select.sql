-- The documents do not say how times are written. One without a zone is left out rather than guessed.
SELECT id AS key_id,
       name,
       project AS project_id,
       CASE WHEN created ~ '([Zz]|[+-]\d\d(:?\d\d)?)$' THEN created::timestamptz END AS created_at,
       CASE WHEN expires ~ '([Zz]|[+-]\d\d(:?\d\d)?)$' THEN expires::timestamptz END AS expires_at
  FROM keys
