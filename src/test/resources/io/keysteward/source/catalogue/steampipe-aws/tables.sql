CREATE TABLE aws_iam_access_key (
  access_key_id text, user_name text, status text, create_date timestamptz, access_key_last_used_date timestamptz,
  access_key_last_used_service text, access_key_last_used_region text, title text, akas jsonb, partition text, region text, account_id text);
INSERT INTO aws_iam_access_key (access_key_id, user_name, status, create_date, access_key_last_used_date, account_id) VALUES
  ('AKIAIOSFODNN7EXAMPLE', 'deploy', 'Active', '2025-02-03 04:05:06Z', '2026-11-20 10:00:00Z', '111122223333'),
  ('AKIAI44QH8DHBEXAMPLE', 'deploy', 'Inactive', '2020-02-03 04:05:06Z', '2021-11-20 10:00:00Z', '111122223333'),
  ('AKIAI55QH8DHBEXAMPLE', 'never', 'Active', '2024-02-03 04:05:06Z', NULL, '444455556666');
