-- The last week: what the sheet "Changes" of the last run shows.

UPDATE api_key SET name = 'prod-support-macros' WHERE id = 'ak-803';
UPDATE api_key SET owner_id = 'u-oluwa' WHERE id = 'ak-804';
UPDATE api_key SET status = 'disabled' WHERE id = 'ak-805';
DELETE FROM api_key WHERE id IN ('ak-806', 'ak-807');
UPDATE api_key SET expires_at = story.ago('5 days') WHERE id = 'ak-809';

-- Somebody leaves, and a project ends: their keys are orphans from now on.
UPDATE account SET disabled_at = story.ago('3 days') WHERE id = 'u-tomas';
UPDATE project SET deleted_at = story.ago('2 days') WHERE id = 'prj-kiosk';
