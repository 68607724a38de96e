-- The report has no access key's id: a key is the user's first or second slot.
SELECT r.arn || '#' || k.slot AS key_id,
       split_part(r.arn, ':', 5) AS project_id,
       r.arn AS owner_id,
       r."user" AS owner_name,
       k.rotated::timestamptz AS created_at,
       CASE WHEN k.used NOT IN ('N/A', 'no_information', 'not_supported') THEN k.used::timestamptz END AS last_used_at,
       CASE lower(k.active) WHEN 'true' THEN 'active' WHEN 'false' THEN 'disabled' ELSE k.active END AS status,
       CASE WHEN r."user" = '<root_account>' THEN 'root' ELSE 'user' END AS kind
  FROM report r
 CROSS JOIN LATERAL (VALUES
       (1, r.access_key_1_active, r.access_key_1_last_rotated, r.access_key_1_last_used_date),
       (2, r.access_key_2_active, r.access_key_2_last_rotated, r.access_key_2_last_used_date))
       AS k (slot, active, rotated, used)
 WHERE k.rotated NOT IN ('N/A', 'not_supported')
