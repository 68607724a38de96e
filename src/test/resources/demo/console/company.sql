-- Nordhafen Logistics: the people and the projects of its console. Nothing here exists.

INSERT INTO account (id, name, email, disabled_at) VALUES
    ('u-ines',    'Inês Carvalho',    'ines.carvalho@nordhafen.example',    NULL),
    ('u-jonas',   'Jonas Ehlers',     'jonas.ehlers@nordhafen.example',     NULL),
    ('u-priya',   'Priya Raman',      'priya.raman@nordhafen.example',      NULL),
    ('u-oluwa',   'Oluwaseun Adebayo', 'oluwaseun.adebayo@nordhafen.example', NULL),
    ('u-marta',   'Marta Zielińska',  'marta.zielinska@nordhafen.example',  NULL),
    ('u-wei',     '陈伟',              'wei.chen@nordhafen.example',         NULL),
    ('u-layla',   'ليلى حداد',        'layla.haddad@nordhafen.example',     NULL),
    ('u-henrik',  'Henrik Solberg',   'henrik.solberg@nordhafen.example',   NULL),
    ('u-amelie',  'Amélie Fournier',  'amelie.fournier@nordhafen.example',  NULL),
    ('u-team-dp', 'Data platform team', 'data-platform@nordhafen.example',  NULL),
    ('u-nadia',   'Nadia Benali',     'nadia.benali@nordhafen.example',     NULL),   -- leaves before the third run
    ('u-rolf',    'Rolf Brandt',      'rolf.brandt@nordhafen.example',   story.ago('240 days')),
    ('u-tomas',   'Tomás Quintero',   'tomas.quintero@nordhafen.example',   NULL);  -- leaves before the last run

INSERT INTO project (id, name, deleted_at) VALUES
    ('prj-tracking',  'Parcel Tracking',      NULL),
    ('prj-routing',   'Route Planning',       NULL),
    ('prj-warehouse', 'Warehouse Robots',     NULL),
    ('prj-customs',   'Customs Documents',    NULL),   -- has a naming convention
    ('prj-support',   'Support Assistant',    NULL),
    ('prj-data',      'Data Platform',        NULL),   -- has more keys than it may
    ('prj-shanghai',  '上海分拨中心',           NULL),
    ('prj-dubai',     'مركز دبي للشحن',       NULL),
    ('prj-labs',      'Labs 🚀',              NULL),
    ('prj-winter24',  'Winter Campaign 2024', story.ago('60 days')),
    ('prj-kiosk',     'Pickup Kiosks',        NULL);   -- deleted before the last run
