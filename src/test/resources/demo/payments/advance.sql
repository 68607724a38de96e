-- Brings the payment platform's tables to an instant.

INSERT INTO "ApiCredential" ("Id", "Label", "keyTail", "secretHash", "appId", "createdBy", "createdAtMs",
                             "lastSeenAtMs", "Status")
SELECT id::bigint, name, right(masked_key, 4), sha256(convert_to(id, 'UTF8')), project_id::bigint, owner_id::bigint,
       story.ms(created_at), story.ms(last_used_at), status::"CredentialStatus"
FROM story.new_keys(:since, :as_of) WHERE place = 'main';

INSERT INTO "LegacyToken" ("tokenNo", remark, tail, application, "issuedMs", "lastCallMs", blocked)
SELECT id::bigint, name, right(masked_key, 4), project_id::bigint, story.ms(created_at), story.ms(last_used_at),
       status <> 'active'
FROM story.new_keys(:since, :as_of) WHERE place = 'legacy';

UPDATE "ApiCredential" k SET "lastSeenAtMs" = story.ms(s.last_used_at)
FROM story.keys_at(:as_of) s WHERE s.place = 'main' AND k."Id" = s.id::bigint;

UPDATE "LegacyToken" k SET "lastCallMs" = story.ms(s.last_used_at)
FROM story.keys_at(:as_of) s WHERE s.place = 'legacy' AND k."tokenNo" = s.id::bigint;
