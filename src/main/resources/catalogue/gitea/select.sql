-- A token that was used has an updated_unix after its created_unix: that is how Gitea itself tells.
SELECT t.id AS key_id,
       t.name,
       '****' || right(t.token_last_eight, 4) AS masked_key,
       t.uid AS owner_id,
       u.name AS owner_name,
       u.email AS owner_email,
       CASE WHEN u.id IS NULL THEN 'missing'
            WHEN u.prohibit_login OR NOT u.is_active THEN 'disabled'
            ELSE 'ok' END AS owner_state,
       to_timestamp(t.created_unix) AS created_at,
       CASE WHEN t.updated_unix > t.created_unix THEN to_timestamp(t.updated_unix) END AS last_used_at
  FROM access_token t
  LEFT JOIN "user" u ON u.id = t.uid
