-- The payment platform's hand-made keys. It writes the last use once a day, so thresholds bite 24 hours later
-- than the console's: at 48 and 93 days. No last use means that nothing is known.

INSERT INTO story.key (id, project_id, owner_id, name, last_used_at, promise) VALUES
    ('9001', '501', '11', 'acquirer-settlement',   story.ago('5 hours'),          'ok'),
    ('9002', '501', '11', 'acquirer-chargebacks',  story.ago('47 days 23 hours'), 'ok'),
    ('9003', '501', '12', 'acquirer-statements',   story.ago('48 days 1 hour'),   'IDLE WARN'),
    ('9004', '501', '12', 'acquirer-sandbox',      story.ago('92 days 23 hours'), 'IDLE WARN'),
    ('9005', '502', '12', 'payout-dry-run',        story.ago('93 days 1 hour'),   'IDLE VIOLATION'),
    ('9006', '502', '13', 'payout-bank-holidays',  NULL,                          'ok'),          -- unknown is never idle
    ('9007', '502', '14', 'payout-iban-check',     story.ago('1 day'),            'ORPHANED VIOLATION'),
    ('9008', '503', '13', 'old-gateway-refunds',   story.ago('2 days'),           'ORPHANED VIOLATION'),
    ('9009', '502', '13', 'payout-tax-reports',    story.ago('3 days'),           'ok');

INSERT INTO story.key (id, project_id, owner_id, name, status, promise) VALUES
    ('9011', '502', '13', 'payout-fx-rates',       'PAUSED',      'not active'),
    ('9012', '502', '13', 'payout-sepa-returns',   'REVOKED',     'not active'),
    ('9013', '502', '13', 'payout-suspicious',     'QUARANTINED', 'data error');  -- a word that select.sql does not know

-- The older table has no owners, and no times for its first years.
INSERT INTO story.key (id, place, project_id, name, created_at, last_used_at, promise) VALUES
    ('31',   'legacy', '501', 'pos-terminals-hamburg', NULL,                    story.ago('1 day'),   'ok'),
    ('32',   'legacy', '501', 'pos-terminals-gdynia',  NULL,                    NULL,                 'ok'),
    ('33',   'legacy', '501', 'key1',                  story.ago('900 days'),   story.ago('120 days'), 'AGED WARN, IDLE VIOLATION, UNNAMED WARN: PLACEHOLDER'),
    ('34',   'legacy', '599', 'fuel-card-import',      story.ago('300 days'),   story.ago('4 hours'),  'ORPHANED VIOLATION');  -- no such app

UPDATE story.key SET status = 'LIVE' WHERE status = 'active' AND place = 'main';
