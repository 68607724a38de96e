-- The casts are right for timestamps with and without a zone: CloudQuery writes UTC, and sources are read in UTC.
SELECT k.access_key_id AS key_id,
       left(k.access_key_id, 4) || '****' || right(k.access_key_id, 4) AS masked_key,
       k.account_id AS project_id,
       k.user_arn AS owner_id,
       k.user_name AS owner_name,
       k.create_date::timestamptz AS created_at,
       k.last_used::timestamptz AS last_used_at,
       CASE k.status WHEN 'Active' THEN 'active' WHEN 'Inactive' THEN 'disabled' ELSE k.status END AS status
  FROM aws_iam_user_access_keys k
