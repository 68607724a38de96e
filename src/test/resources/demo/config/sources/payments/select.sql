SELECT 'cred-' || c."Id"                         AS key_id,
       c."Label"                                 AS name,
       '****' || c."keyTail"                     AS masked_key,
       c."appId"::text                           AS project_id,
       a."Title"                                 AS project_name,
       CASE WHEN a."appId" IS NULL THEN 'missing' WHEN a.archived THEN 'deleted' ELSE 'ok' END AS project_state,
       c."createdBy"::text                       AS owner_id,
       s."fullName"                              AS owner_name,
       s."eMail"                                 AS owner_email,
       CASE WHEN c."createdBy" IS NULL THEN NULL
            WHEN s."staffId" IS NULL THEN 'missing'
            WHEN s."leftAtMs" IS NOT NULL THEN 'disabled' ELSE 'ok' END AS owner_state,
       to_timestamp(c."createdAtMs" / 1000.0)    AS created_at,
       to_timestamp(c."lastSeenAtMs" / 1000.0)   AS last_used_at,
       -- A status that is not known here is passed on as it is, and shown as a data error.
       CASE c."Status" WHEN 'LIVE' THEN 'active' WHEN 'PAUSED' THEN 'disabled' WHEN 'REVOKED' THEN 'disabled'
            ELSE lower(c."Status"::text) END     AS status,
       'credential'                              AS kind
FROM "ApiCredential" c
LEFT JOIN "MerchantApp" a ON a."appId" = c."appId"
LEFT JOIN "StaffMember" s ON s."staffId" = c."createdBy"
UNION ALL
SELECT 'legacy-' || t."tokenNo",
       t.remark,
       '****' || t.tail,
       t.application::text,
       a."Title",
       CASE WHEN a."appId" IS NULL THEN 'missing' WHEN a.archived THEN 'deleted' ELSE 'ok' END,
       NULL, NULL, NULL, NULL,
       to_timestamp(t."issuedMs" / 1000.0),
       to_timestamp(t."lastCallMs" / 1000.0),
       CASE WHEN t.blocked THEN 'disabled' ELSE 'active' END,
       'legacy token'
FROM "LegacyToken" t
LEFT JOIN "MerchantApp" a ON a."appId" = t.application
