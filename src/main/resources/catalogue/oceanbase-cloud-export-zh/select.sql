SELECT "ID" AS key_id,
       "名称" AS name,
       "API Key" AS masked_key,
       nullif("项目", '-') AS project_id,
       nullif("项目", '-') AS project_name,
       ("创建时间 (UTC+8)" || '+08')::timestamptz AS created_at,
       (nullif("最近使用时间 (UTC+8)", '-') || '+08')::timestamptz AS last_used_at
  FROM records
