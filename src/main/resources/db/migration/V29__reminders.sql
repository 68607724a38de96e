-- Further mails between the first warning and the last one.

ALTER TABLE notice DROP CONSTRAINT notice_kind_check;
ALTER TABLE notice ADD CONSTRAINT notice_kind_check
    CHECK (kind IN ('WARNING', 'REMINDER', 'FINAL', 'DISABLED', 'RESTORED', 'REPORT'));

ALTER TABLE key_action DROP CONSTRAINT key_action_next_notice_check;
ALTER TABLE key_action ADD CONSTRAINT key_action_next_notice_check
    CHECK (next_notice IN ('WARNING', 'REMINDER', 'FINAL'));
