CREATE TABLE "User" (id serial PRIMARY KEY, name text, email text NOT NULL, disabled boolean NOT NULL DEFAULT false);
CREATE TABLE "Team" (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE "ApiToken" (id serial PRIMARY KEY, name text NOT NULL, token text NOT NULL UNIQUE, expires timestamp(3),
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "userId" integer, "teamId" integer NOT NULL);
INSERT INTO "User" VALUES (1, 'Ann', 'ann@example.org', false), (2, 'Bob', 'bob@example.org', true);
INSERT INTO "Team" VALUES (7, 'Contracts');
INSERT INTO "ApiToken" VALUES
  (1, 'archive', 'hash-1', NULL, '2025-02-03 04:05:06.789', 1, 7),
  (2, 'of the disabled', 'hash-2', '2027-01-01', '2025-03-03', 2, 7),
  (3, 'of nobody', 'hash-3', NULL, '2025-04-03', NULL, 8);
