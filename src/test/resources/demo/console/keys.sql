-- The console's hand-made keys: one row for each promise. Thresholds are those of the preset "default";
-- 48 hours of uncertainty are added to 45 and 90 days of idleness, so they bite at 47 and 92 days.

-- Idle: an hour on either side of each threshold.
INSERT INTO story.key (id, project_id, owner_id, name, last_used_at, promise) VALUES
    ('ak-101', 'prj-tracking',  'u-ines',  'prod-tracking-webhooks',    story.ago('5 minutes'),       'ok'),
    ('ak-102', 'prj-tracking',  'u-ines',  'prod-tracking-status-page', story.ago('45 days 1 hour'),  'ok'),             -- past 45 days, within the uncertainty
    ('ak-103', 'prj-tracking',  'u-jonas', 'prod-tracking-eta-feed',    story.ago('46 days 23 hours'), 'ok'),
    ('ak-104', 'prj-tracking',  'u-jonas', 'prod-tracking-eta-backfill', story.ago('47 days 1 hour'), 'IDLE WARN'),      -- new in the last run
    ('ak-105', 'prj-tracking',  'u-jonas', 'staging-tracking-replay',   story.ago('91 days 23 hours'), 'IDLE WARN'),
    ('ak-106', 'prj-tracking',  'u-ines',  'staging-tracking-loadtest', story.ago('92 days 1 hour'),  'IDLE VIOLATION'), -- worse in the last run
    ('ak-107', 'prj-routing',   'u-priya', 'prod-routing-legacy-solver', story.ago('171 days'),       'exempt');

-- Never used: counted from the creation, never from day one.
INSERT INTO story.key (id, project_id, owner_id, name, created_at, last_used_at, promise) VALUES
    ('ak-111', 'prj-routing',   'u-priya', 'prod-routing-toll-data',    story.ago('20 hours'),         NULL, 'ok'),
    ('ak-112', 'prj-routing',   'u-priya', 'prod-routing-ferry-times',  story.ago('46 days 23 hours'), NULL, 'ok'),
    ('ak-113', 'prj-routing',   'u-priya', 'staging-routing-ferry-times', story.ago('47 days 1 hour'), NULL, 'IDLE WARN'),
    ('ak-114', 'prj-routing',   'u-priya', 'dev-routing-what-if',       story.ago('92 days 1 hour'),   NULL, 'IDLE VIOLATION');

-- Unnamed: every reason code.
INSERT INTO story.key (id, project_id, owner_id, name, promise) VALUES
    ('ak-201', 'prj-support',   'u-amelie', NULL,                                   'UNNAMED WARN: BLANK'),
    ('ak-202', 'prj-support',   'u-amelie', '   ',                                  'UNNAMED WARN: BLANK'),
    ('ak-203', 'prj-support',   'u-amelie', E'\u200B\u00A0',                        'UNNAMED WARN: BLANK'),       -- invisible characters only
    ('ak-204', 'prj-support',   'u-amelie', 'test',                                 'UNNAMED WARN: PLACEHOLDER'),
    ('ak-205', 'prj-support',   'u-amelie', 'New Key',                              'UNNAMED WARN: PLACEHOLDER'),
    ('ak-206', 'prj-support',   'u-henrik', E'\uFF34\uFF25\uFF33\uFF34',            'UNNAMED WARN: PLACEHOLDER'), -- TEST in full-width letters
    ('ak-207', 'prj-shanghai',  'u-wei',    '测试',                                  'UNNAMED WARN: PLACEHOLDER'),
    ('ak-208', 'prj-support',   'u-henrik', 'api-key-20251013142726',               'UNNAMED WARN: GENERATED'),
    ('ak-209', 'prj-support',   'u-henrik', '7c9e6679-7425-40de-944b-e07fc1f90ae7', 'UNNAMED WARN: GENERATED'),
    ('ak-210', 'prj-support',   'u-henrik', 'ak-210',                               'UNNAMED WARN: EQUALS_ID'),
    ('ak-211', 'prj-support',   'u-henrik', 'zq',                                   'UNNAMED WARN: TOO_SHORT'),
    ('ak-212', 'prj-customs',   'u-marta',  'Customs bot (Gdańsk office)',          'UNNAMED WARN: CONVENTION');

-- Names that only look like those.
INSERT INTO story.key (id, project_id, owner_id, name, promise) VALUES
    ('ak-221', 'prj-support',   'u-amelie', 'latest',                               'ok'),  -- holds "test"
    ('ak-222', 'prj-support',   'u-amelie', 'testing-payments-prod',                'ok'),
    ('ak-223', 'prj-shanghai',  'u-wei',    '支付',                                  'ok'),  -- two Han characters are a word
    ('ak-224', 'prj-support',   'u-henrik', 'faq',                                  'ok'),  -- three letters are enough
    ('ak-225', 'prj-customs',   'u-marta',  'prod-customs-hs-codes',                'ok'),  -- follows the convention
    ('ak-226', 'prj-tracking',  'u-ines',   'Customs bot (Rotterdam office)',       'ok');  -- would not, but is elsewhere

-- Orphaned: by project or by owner; for longer than the grace of 7 days, or not yet.
INSERT INTO story.key (id, project_id, owner_id, name, promise) VALUES
    ('ak-301', 'prj-winter24',  'u-jonas',  'winter24-landing-page',                'exempt'),
    ('ak-302', 'prj-7f3a2c',    'u-priya',  'route-cache-warmup',                   'ORPHANED VIOLATION'), -- no such project
    ('ak-303', 'prj-warehouse', 'u-rolf',   'prod-warehouse-conveyor',              'ORPHANED VIOLATION'), -- owner disabled
    ('ak-304', 'prj-warehouse', 'u-0991',   'prod-warehouse-forklift',              'ORPHANED VIOLATION'), -- no such owner
    ('ak-305', 'prj-kiosk',     'u-oluwa',  'prod-kiosk-locker-doors',              'ORPHANED WARN'),      -- project deleted 2 days ago
    ('ak-306', 'prj-data',      'u-tomas',  'prod-data-dashboards',                 'ORPHANED WARN'),      -- owner left 3 days ago
    ('ak-307', 'prj-data',      'u-tomas',  'prod-data-freight-index',              'ORPHANED WARN'),
    ('ak-308', NULL,            'u-team-dp', 'organization-wide-export',            'ok');                 -- without a project on purpose

-- Orphaned and idle at once: the first to go.
INSERT INTO story.key (id, project_id, owner_id, name, last_used_at, promise) VALUES
    ('ak-309', 'prj-winter24',  'u-rolf',   'winter24-coupons',    story.ago('195 days'), 'exempt');

-- Aged: an hour on either side of 365 days since the creation.
INSERT INTO story.key (id, project_id, owner_id, name, created_at, promise) VALUES
    ('ak-401', 'prj-dubai',     'u-layla',  'prod-dubai-manifests', story.ago('364 days 23 hours'), 'ok'),
    ('ak-402', 'prj-dubai',     'u-layla',  'prod-dubai-air-waybills', story.ago('365 days 1 hour'), 'AGED WARN'),
    ('ak-403', 'prj-warehouse', 'u-oluwa',  'prod-warehouse-scanner-gate-1', story.ago('1460 days'), 'AGED WARN');

-- All but AGED at once, and all at once.
INSERT INTO story.key (id, project_id, owner_id, name, created_at, last_used_at, promise) VALUES
    ('ak-404', 'prj-winter24', 'u-0991', 'tmp', story.ago('340 days'), NULL,
        'IDLE VIOLATION, ORPHANED VIOLATION, UNNAMED WARN: PLACEHOLDER'),
    ('ak-405', 'prj-winter24', 'u-rolf', 'asdf', story.ago('700 days'), story.ago('600 days'),
        'AGED WARN, IDLE VIOLATION, ORPHANED VIOLATION, UNNAMED WARN: PLACEHOLDER');

-- Not judged: disabled, expired, of a kind that is not governed.
INSERT INTO story.key (id, project_id, owner_id, kind, name, status, last_used_at, expires_at, promise) VALUES
    ('ak-501', 'prj-routing',   'u-priya',  'team',    'prod-routing-old-maps',  'disabled', story.ago('200 days'), NULL, 'not active'),
    ('ak-502', 'prj-routing',   'u-priya',  'team',    'hackathon-spring',       'active',   story.ago('150 days'), story.ago('1 hour'), 'not active'),
    ('ak-503', 'prj-routing',   'u-priya',  'team',    'hackathon-winter',       'active',   story.ago('1 day'),    story.ago('-1 hour'), 'ok'),
    ('ak-504', 'prj-tracking',  NULL,       'browser', 'test',                   'active',   story.ago('190 days'), NULL, 'not governed'),
    ('ak-505', 'prj-tracking',  NULL,       'system',  'console-health-check',   'active',   story.ago('120 days'), NULL, 'IDLE VIOLATION');

-- Rows that cannot be right, and what is still within the tolerances.
INSERT INTO story.key (id, project_id, owner_id, name, created_at, last_used_at, promise) VALUES
    ('ak-601', 'prj-warehouse', 'u-oluwa',  'prod-warehouse-clock-drift', story.ago('200 days'), story.ago('-3 days'),    'data error'),
    ('ak-602', 'prj-warehouse', 'u-oluwa',  'prod-warehouse-preordered',  story.ago('-2 days'),  NULL,                    'data error'),
    ('ak-603', 'prj-warehouse', 'u-oluwa',  'prod-warehouse-imported',    story.ago('100 days'), story.ago('150 days'),   'data error'),
    ('ak-604', 'prj-warehouse', 'u-oluwa',  'prod-warehouse-fast-clock',  story.ago('200 days'), story.ago('-4 minutes'), 'ok'),
    ('ak-605', 'prj-warehouse', 'u-oluwa',  'prod-warehouse-migrated',    story.ago('30 days'),  story.ago('31 days 16 hours'), 'ok');

-- A masked key that is not masked: judged all the same, masked again, counted against the definition.
INSERT INTO story.key (id, project_id, owner_id, name, masked_key, promise) VALUES
    ('ak-611', 'prj-labs', 'u-henrik', 'labs-voice-assistant', 'demo-only-this-is-no-real-secret-0042', 'ok'),
    ('ak-612', 'prj-labs', 'u-henrik', 'nh-77aa********1f0c',  'nh-77aa********1f0c',                   'UNNAMED WARN: EQUALS_ID');

-- Names in other scripts, and names that attack spreadsheets and the people who read them.
INSERT INTO story.key (id, project_id, owner_id, name, promise) VALUES
    ('ak-701', 'prj-shanghai',  'u-wei',    '上海仓库分拣机器人（生产）',               'ok'),
    ('ak-702', 'prj-dubai',     'u-layla',  'مفتاح تتبع الشحنات - الإنتاج',         'ok'),
    ('ak-703', 'prj-labs',      'u-henrik', '🚚📦 label printer 👩🏽‍🔧',              'ok'),
    ('ak-704', 'prj-labs',      'u-henrik', '=cmd|'' /C calc''!A0',                 'ok'),
    ('ak-705', 'prj-labs',      'u-henrik', '_x003D_1+1',                           'ok'),
    ('ak-706', 'prj-labs',      'u-henrik', '@SUM(1+1)',                            'ok'),
    ('ak-707', 'prj-labs',      'u-henrik', '+1',                                   'UNNAMED WARN: PLACEHOLDER'),
    ('ak-708', 'prj-labs',      'u-henrik', '-1',                                   'UNNAMED WARN: PLACEHOLDER'),
    ('ak-709', 'prj-labs',      'u-henrik', E'invoice-\u202Excod.exe',              'ok'),  -- shows its end backwards
    ('ak-710', 'prj-labs',      'u-henrik', E'two\twords\nand a line',              'ok'),
    ('ak-711', 'prj-labs',      'u-henrik', '<img src=x onerror=alert(1)>',         'ok'),
    ('ak-712', 'prj-labs',      'u-henrik', 'long-' || repeat('name-', 7999),       'ok'),  -- 40 000 characters
    ('ak-713', 'prj-labs',      'u-henrik', 'label-printer',                        'ok'),  -- the same name twice
    ('ak-714', 'prj-labs',      'u-henrik', 'label-printer',                        'ok');

-- Flagged a week ago, and today no longer, each for another reason (see before-4.sql).
INSERT INTO story.key (id, project_id, owner_id, name, created_at, last_used_at, used_before, promise) VALUES
    ('ak-801', 'prj-tracking',  'u-jonas',  'prod-tracking-returns', story.ago('300 days'), story.ago('2 days'), story.ago('150 days'), 'ok'),  -- used again
    ('ak-802', 'prj-data',      'u-team-dp', 'prod-data-first-use',  story.ago('80 days'),  story.ago('1 day'),  '-infinity', 'ok'),  -- used for the first time
    ('ak-803', 'prj-support',   'u-amelie', 'new key',               story.ago('120 days'), story.ago('1 hour'), NULL, 'ok'),  -- renamed
    ('ak-804', 'prj-warehouse', 'u-rolf',   'prod-warehouse-lifts',  story.ago('250 days'), story.ago('1 hour'), NULL, 'ok'),  -- reassigned
    ('ak-805', 'prj-routing',   'u-priya',  'dev-routing-notebook',  story.ago('330 days'), story.ago('180 days'), NULL, 'not active'),  -- disabled
    ('ak-806', 'prj-routing',   'u-priya',  'dev-routing-poc',       story.ago('330 days'), story.ago('220 days'), NULL, 'gone'),
    ('ak-807', 'prj-data',      'u-team-dp', 'prod-data-old-export', story.ago('500 days'), story.ago('1 hour'), NULL, 'gone'),  -- rotated: ak-808 replaces it
    ('ak-808', 'prj-data',      'u-team-dp', 'prod-data-export',     story.ago('4 days'),   story.ago('1 hour'), NULL, 'ok'),
    ('ak-809', 'prj-customs',   'u-marta',  'dev-customs-trial',     story.ago('200 days'), story.ago('140 days'), NULL, 'not active');  -- expired

-- Her account was closed just before the third run: in the last one the grace of 7 days is over, to the minute.
INSERT INTO story.key (id, project_id, owner_id, name, promise) VALUES
    ('ak-811', 'prj-routing',   'u-nadia',  'prod-routing-rail-slots', 'ORPHANED VIOLATION');

-- Resolved in earlier runs, or open since then (see before-2.sql and before-3.sql).
INSERT INTO story.key (id, project_id, owner_id, name, created_at, last_used_at, used_before, promise) VALUES
    ('ak-821', 'prj-tracking',  'u-ines',   'prod-tracking-archive', story.ago('320 days'), story.ago('30 days'), story.ago('160 days'), 'ok'),
    ('ak-822', 'prj-shanghai',  'u-wei',    'test1',                 story.ago('90 days'),  story.ago('1 hour'),  NULL,                  'ok'),
    ('ak-823', 'prj-dubai',     'u-rolf',   'prod-dubai-customs-link', story.ago('280 days'), story.ago('1 hour'), NULL,                 'ok'),
    ('ak-824', 'prj-routing',   'u-priya',  'dev-routing-spike',     story.ago('300 days'), story.ago('200 days'), NULL,                 'gone'),
    ('ak-825', 'prj-tracking',  'u-jonas',  'prod-tracking-push',    story.ago('150 days'), story.ago('1 hour'),  NULL,                  'UNNAMED WARN: PLACEHOLDER');  -- renamed for the worse
