-- A register of :keys keys, the same every time: each value follows from the key's number. About 15 % are flagged as of
-- the day "base": idle 11 %, unnamed 2 %, orphaned 1 %, aged 1.5 %.
INSERT INTO account (id, name, email, created_at, disabled_at)
SELECT 'usr-' || lpad(n::text, 6, '0'), 'Owner Number ' || n, 'owner.number.' || n || '@example.com', '2020-01-01 00:00Z',
       CASE WHEN n % 100 = 99 THEN timestamptz '2025-06-01 00:00Z' END
FROM generate_series(0, 9999) n;

INSERT INTO project (id, name, created_at)
SELECT 'prj-' || lpad(n::text, 6, '0'), (ARRAY['billing', 'orders', 'search', 'tracking', 'mobile', 'data'])[1 + n % 6] || ' ' || n,
       '2020-01-01 00:00Z'
FROM generate_series(0, 19999) n;

WITH number AS (
  -- Two numbers in place of chance: h spreads the keys over the index, as real ids do; r decides what a key is like.
  SELECT n, (n * 2654435761) % 4294967296 AS h, (n * 40503 + n / 1000 * 7919) % 1000 AS r FROM generate_series(1, :keys::bigint) n),
drawn AS (
  SELECT n, h, r, timestamptz '2026-03-01 00:00Z' AS base,
         CASE WHEN r < 90 THEN 210 + h % 140 WHEN r < 110 THEN 60 + h % 240 WHEN r BETWEEN 140 AND 154 THEN 400 + h % 1100
              ELSE 20 + h % 330 END AS days_old,
         CASE WHEN r < 90 THEN 60 + h % 140 WHEN r < 110 THEN NULL ELSE h % 20 END AS days_unused
  FROM number)
INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at, expires_at, status, kind)
SELECT 'ak_' || lpad(to_hex(h), 8, '0') || lpad(to_hex(n), 8, '0'),
       CASE WHEN r = 110 THEN '' WHEN r = 111 THEN NULL WHEN r BETWEEN 112 AND 129 THEN 'test'
            ELSE (ARRAY['prod', 'staging', 'ci', 'batch'])[1 + h % 4] || '-'
              || (ARRAY['invoice-export', 'checkout', 'nightly-import', 'report-mailer', 'price-sync'])[1 + h / 4 % 5] || '-' || n END,
       'sk-' || substr(md5(n::text), 1, 4) || '****' || substr(md5(n::text), 29, 4),
       'prj-' || lpad((h % 20000)::text, 6, '0'),
       -- Every hundredth owner is disabled; only the keys that shall be orphans are theirs.
       'usr-' || lpad((CASE WHEN r BETWEEN 130 AND 139 THEN h % 100 * 100 + 99 ELSE h % 100 * 100 + n % 99 END)::text, 6, '0'),
       base - days_old * interval '1 day' - h % 86400 * interval '1 second',
       base - days_unused * interval '1 day' - n % 86400 * interval '1 second',
       CASE WHEN r BETWEEN 165 AND 169 THEN base + interval '3 years' END,
       CASE WHEN r BETWEEN 155 AND 164 THEN 'disabled' ELSE 'active' END,
       CASE WHEN r BETWEEN 170 AND 174 THEN 'ci' WHEN r BETWEEN 175 AND 300 THEN 'team' ELSE 'personal' END
FROM drawn;
VACUUM ANALYZE;
