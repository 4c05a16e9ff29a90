-- Letters that are owed to links' contacts: which, never what they say. The job of the queue that sends one is named by
-- link and kind.
CREATE TABLE letter (
    link_id    TEXT COLLATE "C" NOT NULL REFERENCES link (id) DEFERRABLE,
    kind       TEXT COLLATE "C" NOT NULL CHECK (length(kind) > 0),
    created_at BIGINT NOT NULL,
    -- The fresh invite in it, once it was made: a second try to send has the same one.
    invite_id  TEXT COLLATE "C" REFERENCES invite (id) DEFERRABLE,
    PRIMARY KEY (link_id, kind)
);

-- The contact wants no reminders any more.
ALTER TABLE reminder ADD COLUMN stopped_at BIGINT;

-- What a staff member wants to be mailed about, where that is not the usual.
CREATE TABLE mail_wish (
    staff_id TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    news     TEXT COLLATE "C" NOT NULL CHECK (length(news) > 0),
    wish     TEXT COLLATE "C" NOT NULL CHECK (wish IN ('nothing', 'mine', 'every')),
    PRIMARY KEY (staff_id, news)
);

-- News that a staff member has still to be mailed.
CREATE TABLE notice (
    staff_id TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    link_id  TEXT COLLATE "C" NOT NULL REFERENCES link (id) DEFERRABLE,
    news     TEXT COLLATE "C" NOT NULL CHECK (length(news) > 0),
    at       BIGINT NOT NULL,
    PRIMARY KEY (staff_id, link_id, news)
);
