INSERT INTO "StaffMember" ("staffId", "fullName", "eMail", "leftAtMs") VALUES
    (11, 'Marta Zielińska',   'marta.zielinska@nordhafen.example', NULL),
    (12, 'Samuel Osei',       'samuel.osei@nordhafen.example',     NULL),
    (13, 'Yuki Tanaka',       'yuki.tanaka@nordhafen.example',     NULL),
    (14, 'Greta Lindholm',    'greta.lindholm@nordhafen.example',  story.ms(story.ago('130 days')));

INSERT INTO "MerchantApp" ("appId", "Title", "archived") VALUES
    (501, 'Card Acquiring', false),
    (502, 'Driver Payouts', false),
    (503, 'Old Gateway',    true);
