-- The page "API key records" as the console shows it at an instant, in the words of OceanBase Cloud.
SELECT name AS "Name",
       id AS "ID",
       'sk-' || left(md5(id), 4) || '****' || right(md5(id), 4) AS "API Key",
       coalesce(project_id, '-') AS "Project",
       to_char(created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') AS "Created At (UTC+8)",
       coalesce(to_char(last_used_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS'), '-') AS "Last Used (UTC+8)"
FROM story.keys_at(:instant)
ORDER BY id
