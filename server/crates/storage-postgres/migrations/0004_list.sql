-- What the desk's list needs to answer at once however many links there are: columns to filter and sort by, counts, a
-- search, a sign that something changed; what staff save of it; a mark on databases that are made up.

-- Until when an invite leads to the link, and whether that is over. Invites change the one; time changes the other, and
-- whoever reads the list sees to it first: a link that lapsed can then be found and counted like any other.
ALTER TABLE link ADD COLUMN open_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE link ADD COLUMN lapsed BIGINT NOT NULL DEFAULT 0 CHECK (lapsed IN (0, 1));

-- Who acts, as it is told: nobody can go on by themselves with a link that no invite leads to.
ALTER TABLE link ADD COLUMN turn TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (
    CASE WHEN lapsed = 1 AND status IN ('invited', 'opened', 'in_progress') THEN 'us' ELSE who_acts END
) STORED;
-- `domain::LinkStage`; a case of the conformance suite holds the two together.
ALTER TABLE link ADD COLUMN stage TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (
    CASE
        WHEN status IN ('linked_with_gaps', 'attention', 'broken') THEN 'action'
        WHEN status IN ('invited', 'opened', 'in_progress') AND (lapsed = 1 OR problem IS NOT NULL) THEN 'action'
        WHEN status IN ('invited', 'opened', 'in_progress', 'checking') THEN 'underway'
        WHEN status = 'linked' THEN 'linked'
        ELSE 'resting'
    END
) STORED;
-- In collation C, `lower` knows English letters alone, just as in SQLite: both sort alike.
ALTER TABLE link ADD COLUMN customer_key TEXT COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(customer)) STORED;
ALTER TABLE link ADD COLUMN reference_key TEXT COLLATE "C" GENERATED ALWAYS AS (lower(reference)) STORED;
-- Customer, contact and reference, a line each, in small letters of every alphabet. The program writes it, because what
-- is a small letter to the database depends on how it was made.
ALTER TABLE link ADD COLUMN search_text TEXT COLLATE "C" NOT NULL DEFAULT '';

UPDATE link SET open_until = coalesce(
    (SELECT max(expires_at) FROM invite WHERE invite.link_id = link.id AND revoked_at IS NULL), 0);

CREATE INDEX link_by_creation ON link (created_at DESC, id DESC);
CREATE INDEX link_by_customer ON link (customer_key, id);
CREATE INDEX link_by_stage ON link (stage, changed_at DESC, id DESC);
CREATE INDEX link_by_turn ON link (turn, changed_at DESC, id DESC);
CREATE INDEX link_by_contact ON link (contact) WHERE contact IS NOT NULL;
CREATE INDEX link_by_reference ON link (reference_key) WHERE reference_key IS NOT NULL;
CREATE INDEX link_about_to_lapse ON link (open_until)
    WHERE lapsed = 0 AND status IN ('invited', 'opened', 'in_progress');

CREATE FUNCTION invite_opens_its_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE link SET open_until = greatest(open_until, NEW.expires_at), lapsed = 0 WHERE id = NEW.link_id;
    RETURN NULL;
END $$;
CREATE TRIGGER invite_opens_its_link AFTER INSERT ON invite FOR EACH ROW
    WHEN (NEW.revoked_at IS NULL) EXECUTE FUNCTION invite_opens_its_link();

CREATE FUNCTION invite_is_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE link SET lapsed = 0, open_until = coalesce(
        (SELECT max(expires_at) FROM invite WHERE link_id = NEW.link_id AND revoked_at IS NULL), 0)
    WHERE id = NEW.link_id;
    RETURN NULL;
END $$;
CREATE TRIGGER invite_is_withdrawn AFTER UPDATE OF revoked_at, expires_at ON invite
    FOR EACH ROW EXECUTE FUNCTION invite_is_withdrawn();

-- How many links there are of each kind. Rows of zero links stay.
CREATE TABLE link_tally (
    status TEXT COLLATE "C" NOT NULL,
    turn   TEXT COLLATE "C" NOT NULL,
    stage  TEXT COLLATE "C" NOT NULL,
    links  BIGINT NOT NULL,
    PRIMARY KEY (status, turn, stage)
);
INSERT INTO link_tally SELECT status, turn, stage, count(*) FROM link GROUP BY status, turn, stage;

-- Goes up with every change of a link: whoever shows the list asks for this instead of the list. Other servers are told
-- on the channel `linkdesk_list` at the commit.
CREATE TABLE list_change (
    id      BIGINT PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL
);
INSERT INTO list_change VALUES (1, 0);

CREATE FUNCTION link_is_counted(its_status TEXT, its_turn TEXT, its_stage TEXT, more BIGINT) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO link_tally VALUES (its_status, its_turn, its_stage, more)
        ON CONFLICT (status, turn, stage) DO UPDATE SET links = link_tally.links + more;
END $$;

CREATE FUNCTION list_has_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE list_change SET version = version + 1;
    PERFORM pg_notify('linkdesk_list', '');
    IF TG_OP = 'INSERT' THEN
        PERFORM link_is_counted(NEW.status, NEW.turn, NEW.stage, 1);
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM link_is_counted(OLD.status, OLD.turn, OLD.stage, -1);
    ELSIF OLD.status <> NEW.status OR OLD.turn <> NEW.turn OR OLD.stage <> NEW.stage THEN
        PERFORM link_is_counted(OLD.status, OLD.turn, OLD.stage, -1);
        PERFORM link_is_counted(NEW.status, NEW.turn, NEW.stage, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER list_has_changed AFTER INSERT OR UPDATE OR DELETE ON link
    FOR EACH ROW EXECUTE FUNCTION list_has_changed();

-- A month of checks of the links on one page, from the index alone.
CREATE INDEX check_run_by_day ON check_run (link_id, started_at DESC) INCLUDE (outcome, problem);

-- How often in a row the same was wrong.
ALTER TABLE step_attempt ADD COLUMN tries BIGINT NOT NULL DEFAULT 1 CHECK (tries > 0);

-- What a staff member looks at often, under a name of their own.
CREATE TABLE desk_view (
    staff_id TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    name     TEXT COLLATE "C" NOT NULL CHECK (length(name) > 0),
    query    TEXT COLLATE "C" NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (staff_id, name)
);

-- How many links are made up (`linkdesk seed`): while that is all of them, the database takes more.
CREATE TABLE made_up (
    id    BIGINT PRIMARY KEY CHECK (id = 1),
    links BIGINT NOT NULL,
    at    BIGINT NOT NULL
);
