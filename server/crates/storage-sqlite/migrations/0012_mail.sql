-- Letters that are owed to links' contacts: which, never what they say. The job of the queue that sends one is named by
-- link and kind.
CREATE TABLE letter (
    link_id    TEXT NOT NULL REFERENCES link (id),
    kind       TEXT NOT NULL CHECK (length(kind) > 0),
    created_at INTEGER NOT NULL,
    -- The fresh invite in it, once it was made: a second try to send has the same one.
    invite_id  TEXT REFERENCES invite (id),
    PRIMARY KEY (link_id, kind)
) STRICT, WITHOUT ROWID;

-- The contact wants no reminders any more.
ALTER TABLE reminder ADD COLUMN stopped_at INTEGER;

-- What a staff member wants to be mailed about, where that is not the usual.
CREATE TABLE mail_wish (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    news     TEXT NOT NULL CHECK (length(news) > 0),
    wish     TEXT NOT NULL CHECK (wish IN ('nothing', 'mine', 'every')),
    PRIMARY KEY (staff_id, news)
) STRICT, WITHOUT ROWID;

-- News that a staff member has still to be mailed.
CREATE TABLE notice (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    link_id  TEXT NOT NULL REFERENCES link (id),
    news     TEXT NOT NULL CHECK (length(news) > 0),
    at       INTEGER NOT NULL,
    PRIMARY KEY (staff_id, link_id, news)
) STRICT, WITHOUT ROWID;
