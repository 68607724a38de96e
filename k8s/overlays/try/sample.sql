-- A few keys, each with something to say about it, as of whenever this is run.
INSERT INTO account (id, name, email, disabled_at) VALUES
    ('u-ada', 'Ada Lind', 'ada.lind@example.com', NULL),
    ('u-jonas', 'Jonas Weber', 'jonas.weber@example.com', NULL),
    ('u-mira', 'Mira Okafor', 'mira.okafor@example.com', now() - interval '40 days');

INSERT INTO project (id, name, deleted_at) VALUES
    ('prj-billing', 'Billing', NULL),
    ('prj-search', 'Search', NULL),
    ('prj-pilot', 'Pilot 2024', now() - interval '90 days');

INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at, status) VALUES
    -- Nothing is wrong with these.
    ('ak-101', 'invoice export', 'sk-a****9xQ2', 'prj-billing', 'u-ada', now() - interval '200 days', now() - interval '1 hour', 'active'),
    ('ak-102', 'search indexer', 'sk-a****1kTz', 'prj-search', 'u-jonas', now() - interval '90 days', now() - interval '2 days', 'active'),
    ('ak-103', 'price feed', 'sk-a****0mWe', 'prj-billing', 'u-ada', now() - interval '3 days', NULL, 'active'),
    -- Idle: past the warning, past the violation, never used.
    ('ak-201', 'quarterly close', 'sk-b****7hRt', 'prj-billing', 'u-ada', now() - interval '300 days', now() - interval '60 days', 'active'),
    ('ak-202', 'load test', 'sk-b****3pLs', 'prj-search', 'u-jonas', now() - interval '320 days', now() - interval '150 days', 'active'),
    ('ak-203', 'partner import', 'sk-b****8dVn', 'prj-billing', 'u-jonas', now() - interval '120 days', NULL, 'active'),
    -- Unnamed.
    ('ak-301', '', 'sk-c****2wYq', 'prj-search', 'u-jonas', now() - interval '30 days', now() - interval '1 day', 'active'),
    ('ak-302', 'test', 'sk-c****6gBm', 'prj-search', 'u-ada', now() - interval '20 days', now() - interval '3 hours', 'active'),
    -- Orphaned: the project is deleted, the owner has left.
    ('ak-401', 'pilot backend', 'sk-d****5cXa', 'prj-pilot', 'u-ada', now() - interval '250 days', now() - interval '70 days', 'active'),
    ('ak-402', 'release bot', 'sk-d****4jKu', 'prj-search', 'u-mira', now() - interval '180 days', now() - interval '2 hours', 'active'),
    -- Aged.
    ('ak-501', 'ledger sync', 'sk-e****9zFo', 'prj-billing', 'u-jonas', now() - interval '500 days', now() - interval '5 hours', 'active'),
    -- Off already.
    ('ak-601', 'old dashboard', 'sk-f****1nHi', 'prj-search', 'u-ada', now() - interval '400 days', now() - interval '200 days', 'disabled');
