-- A project's or a group's token belongs to a user that GitLab has made for it, a bot.
SELECT t.id AS key_id,
       t.name,
       t."user" AS owner_id,
       u.username AS owner_name,
       CASE WHEN u.bot::boolean THEN NULL ELSE u.email END AS owner_email,
       CASE WHEN u.id IS NULL THEN 'missing' WHEN u.state <> 'active' THEN 'disabled' ELSE 'ok' END AS owner_state,
       t.created::timestamptz AS created_at,
       t.used::timestamptz AS last_used_at,
       -- it ends when that day begins
       t.expires::date::timestamp AT TIME ZONE 'UTC' AS expires_at,
       CASE WHEN t.revoked::boolean THEN 'disabled' WHEN NOT t.active::boolean THEN 'expired' ELSE 'active' END AS status,
       CASE WHEN u.bot::boolean THEN 'bot' ELSE 'personal' END AS kind
  FROM tokens t
  LEFT JOIN users u ON u.id = t."user"
