-- The note of where the audit log ends can be given another seal, when what it says stays.
DROP TRIGGER audit_head_only_moves_on ON audit_head;
CREATE TRIGGER audit_head_only_moves_on BEFORE UPDATE ON audit_head FOR EACH ROW
    WHEN (NEW.position < OLD.position OR NEW.found <> OLD.found OR (NEW.position = OLD.position AND NEW.hash <> OLD.hash))
    EXECUTE FUNCTION audit_is_never_changed();

-- What was deleted and has still to be overwritten, which a long reader can hold up.
CREATE TABLE to_overwrite (
    id      BIGINT PRIMARY KEY,
    link_id TEXT COLLATE "C" REFERENCES link (id) DEFERRABLE,
    at      BIGINT NOT NULL
);
