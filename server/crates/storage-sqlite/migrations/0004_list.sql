-- What the desk's list needs to answer at once however many links there are: columns to filter and sort by, counts, a
-- search, a sign that something changed; what staff save of it; a mark on databases that are made up.

-- Until when an invite leads to the link, and whether that is over. Invites change the one; time changes the other, and
-- whoever reads the list sees to it first: a link that lapsed can then be found and counted like any other.
ALTER TABLE link ADD COLUMN open_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE link ADD COLUMN lapsed INTEGER NOT NULL DEFAULT 0 CHECK (lapsed IN (0, 1));
-- The search's row. A rowid may be given anew when the file is vacuumed, so it cannot be that.
ALTER TABLE link ADD COLUMN number INTEGER;

-- Who acts, as it is told: nobody can go on by themselves with a link that no invite leads to.
ALTER TABLE link ADD COLUMN turn TEXT GENERATED ALWAYS AS (
    CASE WHEN lapsed = 1 AND status IN ('invited', 'opened', 'in_progress') THEN 'us' ELSE who_acts END
) VIRTUAL;
-- `domain::LinkStage`; a case of the conformance suite holds the two together.
ALTER TABLE link ADD COLUMN stage TEXT GENERATED ALWAYS AS (
    CASE
        WHEN status IN ('linked_with_gaps', 'attention', 'broken') THEN 'action'
        WHEN status IN ('invited', 'opened', 'in_progress') AND (lapsed = 1 OR problem IS NOT NULL) THEN 'action'
        WHEN status IN ('invited', 'opened', 'in_progress', 'checking') THEN 'underway'
        WHEN status = 'linked' THEN 'linked'
        ELSE 'resting'
    END
) VIRTUAL;
ALTER TABLE link ADD COLUMN customer_key TEXT GENERATED ALWAYS AS (lower(customer)) VIRTUAL;
ALTER TABLE link ADD COLUMN reference_key TEXT GENERATED ALWAYS AS (lower(reference)) VIRTUAL;

UPDATE link SET number = rowid, open_until = coalesce(
    (SELECT max(expires_at) FROM invite WHERE invite.link_id = link.id AND revoked_at IS NULL), 0);

CREATE UNIQUE INDEX link_by_number ON link (number);
-- With the number in them, a search that many links answer to is told without reading the links it passes over.
DROP INDEX link_by_change;
CREATE INDEX link_by_change ON link (changed_at DESC, id DESC, number);
CREATE INDEX link_by_creation ON link (created_at DESC, id DESC, number);
CREATE INDEX link_by_customer ON link (customer_key, id, number);
CREATE INDEX link_by_stage ON link (stage, changed_at DESC, id DESC);
CREATE INDEX link_by_turn ON link (turn, changed_at DESC, id DESC);
CREATE INDEX link_by_contact ON link (contact) WHERE contact IS NOT NULL;
CREATE INDEX link_by_reference ON link (reference_key) WHERE reference IS NOT NULL;
CREATE INDEX link_about_to_lapse ON link (open_until)
    WHERE lapsed = 0 AND status IN ('invited', 'opened', 'in_progress');

CREATE TRIGGER invite_opens_its_link AFTER INSERT ON invite WHEN NEW.revoked_at IS NULL
BEGIN
    UPDATE link SET open_until = max(open_until, NEW.expires_at), lapsed = 0 WHERE id = NEW.link_id;
END;
CREATE TRIGGER invite_is_withdrawn AFTER UPDATE OF revoked_at, expires_at ON invite
BEGIN
    UPDATE link SET lapsed = 0, open_until = coalesce(
        (SELECT max(expires_at) FROM invite WHERE link_id = NEW.link_id AND revoked_at IS NULL), 0)
    WHERE id = NEW.link_id;
END;

-- How many links there are of each kind. Rows of zero links stay.
CREATE TABLE link_tally (
    status TEXT NOT NULL,
    turn   TEXT NOT NULL,
    stage  TEXT NOT NULL,
    links  INTEGER NOT NULL,
    PRIMARY KEY (status, turn, stage)
) STRICT;
INSERT INTO link_tally SELECT status, turn, stage, count(*) FROM link GROUP BY status, turn, stage;

-- Goes up with every change of a link: whoever shows the list asks for this instead of the list.
CREATE TABLE list_change (
    id      INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO list_change VALUES (1, 0);

-- Any three letters or more, wherever they stand. It keeps no text of its own.
CREATE VIRTUAL TABLE link_search USING fts5 (
    customer, contact, reference, content = '', contentless_delete = 1, tokenize = 'trigram'
);
INSERT INTO link_search (rowid, customer, contact, reference) SELECT number, customer, contact, reference FROM link;

CREATE TRIGGER link_is_added AFTER INSERT ON link
BEGIN
    UPDATE list_change SET version = version + 1;
    INSERT INTO link_tally VALUES (NEW.status, NEW.turn, NEW.stage, 1)
        ON CONFLICT (status, turn, stage) DO UPDATE SET links = links + 1;
    INSERT INTO link_search (rowid, customer, contact, reference)
        SELECT NEW.number, NEW.customer, NEW.contact, NEW.reference WHERE NEW.number IS NOT NULL;
END;
CREATE TRIGGER link_is_changed AFTER UPDATE ON link
BEGIN
    UPDATE list_change SET version = version + 1;
END;
CREATE TRIGGER link_is_counted_anew AFTER UPDATE OF status, who_acts, problem, lapsed ON link
WHEN OLD.status <> NEW.status OR OLD.turn <> NEW.turn OR OLD.stage <> NEW.stage
BEGIN
    INSERT INTO link_tally VALUES (OLD.status, OLD.turn, OLD.stage, -1)
        ON CONFLICT (status, turn, stage) DO UPDATE SET links = links - 1;
    INSERT INTO link_tally VALUES (NEW.status, NEW.turn, NEW.stage, 1)
        ON CONFLICT (status, turn, stage) DO UPDATE SET links = links + 1;
END;
CREATE TRIGGER link_is_named_anew AFTER UPDATE OF customer, contact, reference ON link
WHEN NEW.number IS NOT NULL
    AND (OLD.customer <> NEW.customer OR OLD.contact IS NOT NEW.contact OR OLD.reference IS NOT NEW.reference)
BEGIN
    UPDATE link_search SET customer = NEW.customer, contact = NEW.contact, reference = NEW.reference
        WHERE rowid = NEW.number;
END;
CREATE TRIGGER link_is_gone AFTER DELETE ON link
BEGIN
    UPDATE list_change SET version = version + 1;
    UPDATE link_tally SET links = links - 1
        WHERE status = OLD.status AND turn = OLD.turn AND stage = OLD.stage;
    DELETE FROM link_search WHERE rowid = OLD.number;
END;

-- A month of checks of the links on one page, from the index alone.
CREATE INDEX check_run_by_day ON check_run (link_id, started_at DESC, outcome, problem);

-- How often in a row the same was wrong.
ALTER TABLE step_attempt ADD COLUMN tries INTEGER NOT NULL DEFAULT 1 CHECK (tries > 0);

-- What a staff member looks at often, under a name of their own.
CREATE TABLE desk_view (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    name     TEXT NOT NULL CHECK (length(name) > 0),
    query    TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (staff_id, name)
) STRICT;

-- How many links are made up (`linkdesk seed`): while that is all of them, the database takes more.
CREATE TABLE made_up (
    id    INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    links INTEGER NOT NULL,
    at    INTEGER NOT NULL
) STRICT;
