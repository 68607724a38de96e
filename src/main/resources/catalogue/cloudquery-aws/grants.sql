CREATE ROLE keysteward_cloudquery_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (access_key_id, account_id, user_arn, user_name, create_date, last_used, status, _cq_sync_time)
   ON aws_iam_user_access_keys TO keysteward_cloudquery_reader;
