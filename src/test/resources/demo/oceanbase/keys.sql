-- The keys of the company's account at OceanBase Cloud, where nobody names owners. Its page does not say how late
-- a use is shown, so thresholds bite at 48 and 93 days, as for the payment platform.

INSERT INTO story.key (id, project_id, name, created_at, last_used_at, promise) VALUES
    ('ob-01', 'Parcel Search',    'prod-parcel-search-embeddings',    story.ago('150 days'), story.ago('3 hours'),          'ok'),
    ('ob-02', 'Parcel Search',    'staging-parcel-search-embeddings', story.ago('150 days'), story.ago('47 days 23 hours'), 'ok'),
    ('ob-03', 'Parcel Search',    'staging-parcel-search-rerank',     story.ago('150 days'), story.ago('48 days 1 hour'),   'IDLE WARN'),  -- new in the last run
    ('ob-04', 'Claims Assistant', 'prod-claims-photos, damaged goods', story.ago('110 days'), NULL, 'IDLE VIOLATION'),  -- never used; the page shows "-"
    ('ob-05', 'Claims Assistant', 'prod-claims-letters',              story.ago('12 days'),  NULL, 'ok'),              -- never used, and young
    ('ob-06', 'Claims Assistant', 'test1',                            story.ago('90 days'),  story.ago('1 day'),   'UNNAMED WARN: PLACEHOLDER'),
    ('ob-07', 'Parcel Search',    'prod-parcel-search-synonyms',      story.ago('620 days'), story.ago('5 hours'), 'AGED WARN'),
    ('ob-08', NULL,               'account-usage-report',             story.ago('200 days'), story.ago('4 hours'), 'ok');              -- without a project
