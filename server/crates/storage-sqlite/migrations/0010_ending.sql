-- The note of where the audit log ends can be given another seal, when what it says stays.
DROP TRIGGER audit_head_only_moves_on;
CREATE TRIGGER audit_head_only_moves_on BEFORE UPDATE ON audit_head
WHEN NEW.position < OLD.position OR NEW.found <> OLD.found OR (NEW.position = OLD.position AND NEW.hash <> OLD.hash)
BEGIN SELECT RAISE (ABORT, 'audit entries are never changed'); END;

-- What was deleted and has still to be overwritten in the log of changes, which a long reader can hold open.
CREATE TABLE to_overwrite (
    id      INTEGER PRIMARY KEY NOT NULL,
    link_id TEXT REFERENCES link (id),
    at      INTEGER NOT NULL
) STRICT;
