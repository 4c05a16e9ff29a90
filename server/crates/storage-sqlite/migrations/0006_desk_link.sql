-- What staff do for one link: they pause it, and write notes for one another.

-- What the link was when it was paused: it goes on as that.
ALTER TABLE link ADD COLUMN paused_from TEXT CHECK (paused_from IS NULL OR status = 'paused');

CREATE TABLE link_note (
    id       TEXT PRIMARY KEY NOT NULL,
    link_id  TEXT NOT NULL REFERENCES link (id),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    at       INTEGER NOT NULL,
    text     TEXT NOT NULL CHECK (length(text) > 0)
) STRICT;
CREATE INDEX link_note_by_link ON link_note (link_id, at DESC, id DESC);
CREATE INDEX link_note_by_staff ON link_note (staff_id);
