CREATE ROLE keysteward_documenso_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (id, name, "teamId", "userId", "createdAt", expires) ON "ApiToken" TO keysteward_documenso_reader;
GRANT SELECT (id, name) ON "Team" TO keysteward_documenso_reader;
GRANT SELECT (id, name, email, disabled) ON "User" TO keysteward_documenso_reader;
