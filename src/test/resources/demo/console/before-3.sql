-- Between the second run and the third, a week ago.

UPDATE api_key SET owner_id = 'u-layla' WHERE id = 'ak-823';
UPDATE api_key SET name = 'default' WHERE id = 'ak-825';
UPDATE account SET disabled_at = story.ago('8 days') WHERE id = 'u-nadia';
