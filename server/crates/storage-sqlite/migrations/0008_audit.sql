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
