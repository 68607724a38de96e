-- Between the first run, 42 days ago, and the second, 21 days ago.

UPDATE api_key SET name = 'prod-shanghai-returns' WHERE id = 'ak-822';
DELETE FROM api_key WHERE id = 'ak-824';
