-- Between the second run and the third, a week ago.

UPDATE "ApiCredential" SET "createdBy" = 14 WHERE "Id" = 9009;
