-- What staff say of a link: their own name for it, the customer's language, a note on the invite's page, who looks after it.
ALTER TABLE link ADD COLUMN reference TEXT COLLATE "C" CHECK (reference IS NULL OR length(reference) > 0);
ALTER TABLE link ADD COLUMN language TEXT COLLATE "C" NOT NULL DEFAULT 'en';
ALTER TABLE link ADD COLUMN note TEXT COLLATE "C" CHECK (note IS NULL OR length(note) > 0);
ALTER TABLE link ADD COLUMN assignee TEXT COLLATE "C" REFERENCES staff (id) DEFERRABLE;
CREATE INDEX link_by_assignee ON link (assignee, changed_at DESC, id DESC) WHERE assignee IS NOT NULL;
