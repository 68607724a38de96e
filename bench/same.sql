-- Both sides judged alike: per rule and level, how many keys, and which.
SELECT rule || ' ' || level || ' ' || count(*) || ' ' || md5(string_agg(key_id, ',' ORDER BY key_id COLLATE "C"))
FROM :"judged"
GROUP BY rule, level ORDER BY rule, level;
