-- A role that can read what select.sql reads, and nothing else: not even the hashes of the secrets.
-- Run by the owner of the tables; give the role a password of your own.
CREATE ROLE keysteward_payments LOGIN PASSWORD 'demo';
GRANT SELECT ON "MerchantApp", "StaffMember" TO keysteward_payments;
GRANT SELECT ("Id", "Label", "keyTail", "appId", "createdBy", "createdAtMs", "lastSeenAtMs", "Status")
    ON "ApiCredential" TO keysteward_payments;
GRANT SELECT ("tokenNo", remark, tail, application, "issuedMs", "lastCallMs", blocked)
    ON "LegacyToken" TO keysteward_payments;
