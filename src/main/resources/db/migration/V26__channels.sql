-- Notices go to channels too. Only mail counts, or a channel that answers for a key and proves that it has posted.
ALTER TABLE notice
    ADD COLUMN channel text,
    ADD COLUMN posted  boolean,
    ADD CONSTRAINT notice_posted_check CHECK (channel IS NOT NULL OR posted IS NULL);
COMMENT ON COLUMN notice.channel IS 'The id of the channel to which it is posted; null: it is a mail.';
COMMENT ON COLUMN notice.posted IS 'Of a channel: whether its answer proves that it has posted the notice. Without it the notice opens no gate.';
