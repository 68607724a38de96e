CREATE TABLE aws_iam_user_access_keys (
  _cq_sync_time timestamp, _cq_id uuid, account_id text, user_arn text, access_key_id text, user_id text, last_used timestamp,
  last_used_service_name text, create_date timestamp, status text, user_name text, last_rotated timestamp);
INSERT INTO aws_iam_user_access_keys (_cq_sync_time, account_id, user_arn, access_key_id, last_used, create_date, status, user_name) VALUES
  (now() AT TIME ZONE 'UTC', '111122223333', 'arn:aws:iam::111122223333:user/deploy', 'AKIAIOSFODNN7EXAMPLE', '2026-11-20 10:00:00', '2025-02-03 04:05:06', 'Active', 'deploy'),
  (now() AT TIME ZONE 'UTC', '111122223333', 'arn:aws:iam::111122223333:user/deploy', 'AKIAI44QH8DHBEXAMPLE', '2021-11-20 10:00:00', '2020-02-03 04:05:06', 'Inactive', 'deploy'),
  (now() AT TIME ZONE 'UTC', '444455556666', 'arn:aws:iam::444455556666:user/never', 'AKIAI55QH8DHBEXAMPLE', NULL, '2024-02-03 04:05:06', 'Active', 'never');
