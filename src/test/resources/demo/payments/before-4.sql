-- The last week: somebody takes over what Greta Lindholm left behind.

UPDATE "ApiCredential" SET "createdBy" = 13 WHERE "Id" = 9009;
