-- The payment platform's own tables, as an application grew them: quoted names, numbers for ids,
-- milliseconds since 1970 for times, an enum for the status, and an older table that never went away.

CREATE TYPE "CredentialStatus" AS ENUM ('LIVE', 'PAUSED', 'REVOKED', 'QUARANTINED');

CREATE TABLE "StaffMember" (
    "staffId"  bigint PRIMARY KEY,
    "fullName" text NOT NULL,
    "eMail"    text,
    "leftAtMs" bigint
);

CREATE TABLE "MerchantApp" (
    "appId"    bigint PRIMARY KEY,
    "Title"    text NOT NULL,
    "archived" boolean NOT NULL DEFAULT false
);

CREATE TABLE "ApiCredential" (
    "Id"           bigint PRIMARY KEY,
    "Label"        text,
    "keyTail"      text,
    "secretHash"   bytea,
    "appId"        bigint,
    "createdBy"    bigint,
    "createdAtMs"  bigint,
    "lastSeenAtMs" bigint,              -- written once a day; null for whoever was not seen since the column was added
    "Status"       "CredentialStatus" NOT NULL DEFAULT 'LIVE'
);

CREATE TABLE "LegacyToken" (
    "tokenNo"    bigint PRIMARY KEY,
    "remark"     text,
    "tail"       text,
    "application" bigint,
    "issuedMs"   bigint,
    "lastCallMs" bigint,
    "blocked"    boolean NOT NULL DEFAULT false
);

CREATE FUNCTION story.ms(instant timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
SELECT (extract(epoch FROM instant) * 1000)::bigint
$$;
