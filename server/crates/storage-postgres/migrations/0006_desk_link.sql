-- What staff do for one link: they pause it, and write notes for one another.

-- What the link was when it was paused: it goes on as that.
ALTER TABLE link ADD COLUMN paused_from TEXT COLLATE "C" CHECK (paused_from IS NULL OR status = 'paused');

CREATE TABLE link_note (
    id       TEXT COLLATE "C" PRIMARY KEY,
    link_id  TEXT COLLATE "C" NOT NULL REFERENCES link (id) DEFERRABLE,
    staff_id TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    at       BIGINT NOT NULL,
    text     TEXT COLLATE "C" NOT NULL CHECK (length(text) > 0)
);
CREATE INDEX link_note_by_link ON link_note (link_id, at DESC, id DESC);
CREATE INDEX link_note_by_staff ON link_note (staff_id);
