-- The audit log says from where, and is a chain: each entry is bound to all before it.

ALTER TABLE audit_entry ADD COLUMN address TEXT;
ALTER TABLE audit_entry ADD COLUMN browser TEXT;

-- A table beside the entries, because entries are never changed: those of before the chain are bound to it too.
CREATE TABLE audit_chain (
    position INTEGER PRIMARY KEY NOT NULL REFERENCES audit_entry (position),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    seal     BLOB CHECK (seal IS NULL OR length(seal) = 32)
) STRICT;
CREATE TRIGGER audit_chain_is_never_changed BEFORE UPDATE ON audit_chain
BEGIN SELECT RAISE (ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_chain_is_never_deleted BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE (ABORT, 'audit entries are never deleted'); END;
CREATE TRIGGER audit_chain_is_never_replaced BEFORE INSERT ON audit_chain
WHEN EXISTS (SELECT 1 FROM audit_chain WHERE position = NEW.position)
BEGIN SELECT RAISE (ABORT, 'audit entries are never replaced'); END;

-- Where the log ends, so that a tail that was cut off is missed. `found` is where it ended before it was a chain.
CREATE TABLE audit_head (
    id       INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    position INTEGER NOT NULL CHECK (position >= 0),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    seal     BLOB CHECK (seal IS NULL OR length(seal) = 32),
    found    INTEGER NOT NULL CHECK (found >= 0)
) STRICT;
INSERT INTO audit_head (id, position, hash, seal, found)
    SELECT 1, 0, x'0000000000000000000000000000000000000000000000000000000000000000', NULL, coalesce(max(position), 0)
    FROM audit_entry;
CREATE TRIGGER audit_head_only_moves_on BEFORE UPDATE ON audit_head
WHEN NEW.position <= OLD.position OR NEW.found <> OLD.found
BEGIN SELECT RAISE (ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_head_is_never_replaced BEFORE INSERT ON audit_head
WHEN EXISTS (SELECT 1 FROM audit_head)
BEGIN SELECT RAISE (ABORT, 'audit entries are never replaced'); END;
CREATE TRIGGER audit_head_is_never_deleted BEFORE DELETE ON audit_head
BEGIN SELECT RAISE (ABORT, 'audit entries are never deleted'); END;

-- What the log is searched by; everything else is found by walking it from its end.
CREATE INDEX audit_entry_by_time ON audit_entry (at, position);
CREATE INDEX audit_entry_by_action ON audit_entry (action, position);
CREATE INDEX audit_entry_by_staff ON audit_entry (actor_id, position) WHERE actor_kind = 'staff';

-- What is said of UKG Pro's hosts is told from the checks that ended last.
CREATE INDEX check_run_by_end ON check_run (finished_at, host) WHERE finished_at IS NOT NULL;

-- When each link first came to each step: the insights are told from this alone, so that they need not read the log.
CREATE TABLE link_progress (
    link_id    TEXT PRIMARY KEY NOT NULL REFERENCES link (id),
    invited_at INTEGER NOT NULL,
    opened_at  INTEGER,
    key_at     INTEGER,
    account_at INTEGER,
    domain_at  INTEGER,
    checked_at INTEGER,
    linked_at  INTEGER
) STRICT;
INSERT INTO link_progress
    (link_id, invited_at, opened_at, key_at, account_at, domain_at, checked_at, linked_at)
    SELECT link.id, link.created_at, min(at),
        min(CASE WHEN action = 'step_saved' AND detail = 'key' THEN at END),
        min(CASE WHEN action = 'step_saved' AND detail = 'account' THEN at END),
        min(CASE WHEN action = 'step_saved' AND substr(detail, 1, 6) = 'domain' THEN at END),
        min(CASE WHEN action = 'check_finished' THEN at END),
        link.linked_at
    FROM link LEFT JOIN audit_entry
        ON audit_entry.link_id = link.id AND action IN ('flow_started', 'step_saved', 'check_finished')
    GROUP BY link.id, link.created_at, link.linked_at;
CREATE INDEX link_progress_by_time ON link_progress (invited_at DESC, link_id DESC);

CREATE TRIGGER link_progress_begins AFTER INSERT ON link
BEGIN
    INSERT INTO link_progress (link_id, invited_at, linked_at) VALUES (NEW.id, NEW.created_at, NEW.linked_at);
END;
CREATE TRIGGER link_progress_ends AFTER UPDATE OF linked_at ON link
WHEN OLD.linked_at IS NULL AND NEW.linked_at IS NOT NULL
BEGIN
    UPDATE link_progress SET linked_at = NEW.linked_at WHERE link_id = NEW.id AND linked_at IS NULL;
END;
CREATE TRIGGER link_progress_goes_on AFTER INSERT ON audit_entry
WHEN NEW.link_id IS NOT NULL AND NEW.action IN ('flow_started', 'step_saved', 'check_finished')
BEGIN
    UPDATE link_progress SET opened_at = NEW.at WHERE link_id = NEW.link_id AND opened_at IS NULL;
    UPDATE link_progress SET key_at = NEW.at
        WHERE link_id = NEW.link_id AND key_at IS NULL AND NEW.action = 'step_saved' AND NEW.detail = 'key';
    UPDATE link_progress SET account_at = NEW.at
        WHERE link_id = NEW.link_id AND account_at IS NULL AND NEW.action = 'step_saved' AND NEW.detail = 'account';
    UPDATE link_progress SET domain_at = NEW.at
        WHERE link_id = NEW.link_id AND domain_at IS NULL AND NEW.action = 'step_saved'
            AND substr(NEW.detail, 1, 6) = 'domain';
    UPDATE link_progress SET checked_at = NEW.at
        WHERE link_id = NEW.link_id AND checked_at IS NULL AND NEW.action = 'check_finished';
END;

-- The few entries that tell of a problem, among very many that tell of none. One expression: of an OR, each half would be
-- looked for by an index of its own.
CREATE INDEX audit_entry_of_problems ON audit_entry (at)
    WHERE CASE WHEN action IN ('step_refused', 'step_doubted') THEN 1
        WHEN action = 'check_finished' AND substr(detail, 1, 6) <> 'linked' THEN 1 ELSE 0 END = 1;
