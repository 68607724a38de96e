-- The page shows UTC+8 without saying so in the values.
SELECT "ID" AS key_id,
       "Name" AS name,
       "API Key" AS masked_key,
       nullif("Project", '-') AS project_id,
       nullif("Project", '-') AS project_name,
       ("Created At (UTC+8)" || '+08')::timestamptz AS created_at,
       (nullif("Last Used (UTC+8)", '-') || '+08')::timestamptz AS last_used_at
  FROM records
