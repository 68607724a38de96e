SELECT k.access_key_id AS key_id,
       left(k.access_key_id, 4) || '****' || right(k.access_key_id, 4) AS masked_key,
       k.account_id AS project_id,
       k.account_id || '/' || k.user_name AS owner_id,
       k.user_name AS owner_name,
       k.create_date AS created_at,
       k.access_key_last_used_date AS last_used_at,
       CASE k.status WHEN 'Active' THEN 'active' WHEN 'Inactive' THEN 'disabled' ELSE k.status END AS status
  FROM aws_iam_access_key k
