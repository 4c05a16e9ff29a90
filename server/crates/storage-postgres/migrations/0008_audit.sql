-- The audit log says from where, and is a chain: each entry is bound to all before it.

ALTER TABLE audit_entry ADD COLUMN address TEXT COLLATE "C";
ALTER TABLE audit_entry ADD COLUMN browser TEXT COLLATE "C";

-- A table beside the entries, because entries are never changed: those of before the chain are bound to it too.
CREATE TABLE audit_chain (
    position BIGINT PRIMARY KEY REFERENCES audit_entry (position) DEFERRABLE,
    hash     BYTEA NOT NULL CHECK (length(hash) = 32),
    seal     BYTEA CHECK (seal IS NULL OR length(seal) = 32)
);
CREATE TRIGGER audit_chain_is_never_changed BEFORE UPDATE OR DELETE ON audit_chain
    FOR EACH ROW EXECUTE FUNCTION audit_is_never_changed();
CREATE TRIGGER audit_chain_is_never_emptied BEFORE TRUNCATE ON audit_chain
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_never_changed();

-- Where the log ends, so that a tail that was cut off is missed. `found` is where it ended before it was a chain.
CREATE TABLE audit_head (
    id       BIGINT PRIMARY KEY CHECK (id = 1),
    position BIGINT NOT NULL CHECK (position >= 0),
    hash     BYTEA NOT NULL CHECK (length(hash) = 32),
    seal     BYTEA CHECK (seal IS NULL OR length(seal) = 32),
    found    BIGINT NOT NULL CHECK (found >= 0)
);
INSERT INTO audit_head (id, position, hash, seal, found)
    SELECT 1, 0, '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea, NULL, coalesce(max(position), 0)
    FROM audit_entry;
CREATE TRIGGER audit_head_only_moves_on BEFORE UPDATE ON audit_head FOR EACH ROW
    WHEN (NEW.position <= OLD.position OR NEW.found <> OLD.found)
    EXECUTE FUNCTION audit_is_never_changed();
CREATE TRIGGER audit_head_is_never_deleted BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_is_never_changed();
CREATE TRIGGER audit_head_is_never_emptied BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_never_changed();

-- What the log is searched by; everything else is found by walking it from its end.
CREATE INDEX audit_entry_by_time ON audit_entry (at, position);
CREATE INDEX audit_entry_by_action ON audit_entry (action, position);
CREATE INDEX audit_entry_by_staff ON audit_entry (actor_id, position) WHERE actor_kind = 'staff';

-- What is said of UKG Pro's hosts is told from the checks that ended last.
CREATE INDEX check_run_by_end ON check_run (finished_at, host) WHERE finished_at IS NOT NULL;

-- When each link first came to each step: the insights are told from this alone, so that they need not read the log.
CREATE TABLE link_progress (
    link_id    TEXT COLLATE "C" PRIMARY KEY REFERENCES link (id) DEFERRABLE,
    invited_at BIGINT NOT NULL,
    opened_at  BIGINT,
    key_at     BIGINT,
    account_at BIGINT,
    domain_at  BIGINT,
    checked_at BIGINT,
    linked_at  BIGINT
);
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

CREATE FUNCTION link_progress_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO link_progress (link_id, invited_at, linked_at) VALUES (NEW.id, NEW.created_at, NEW.linked_at);
    RETURN NULL;
END $$;
CREATE TRIGGER link_progress_begins AFTER INSERT ON link
    FOR EACH ROW EXECUTE FUNCTION link_progress_begins();

CREATE FUNCTION link_progress_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE link_progress SET linked_at = NEW.linked_at WHERE link_id = NEW.id AND linked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER link_progress_ends AFTER UPDATE OF linked_at ON link FOR EACH ROW
    WHEN (OLD.linked_at IS NULL AND NEW.linked_at IS NOT NULL)
    EXECUTE FUNCTION link_progress_ends();

CREATE FUNCTION link_progress_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE link_progress SET
        opened_at = coalesce(opened_at, NEW.at),
        key_at = CASE WHEN NEW.action = 'step_saved' AND NEW.detail = 'key'
            THEN coalesce(key_at, NEW.at) ELSE key_at END,
        account_at = CASE WHEN NEW.action = 'step_saved' AND NEW.detail = 'account'
            THEN coalesce(account_at, NEW.at) ELSE account_at END,
        domain_at = CASE WHEN NEW.action = 'step_saved' AND substr(NEW.detail, 1, 6) = 'domain'
            THEN coalesce(domain_at, NEW.at) ELSE domain_at END,
        checked_at = CASE WHEN NEW.action = 'check_finished'
            THEN coalesce(checked_at, NEW.at) ELSE checked_at END
    WHERE link_id = NEW.link_id;
    RETURN NULL;
END $$;
CREATE TRIGGER link_progress_goes_on AFTER INSERT ON audit_entry FOR EACH ROW
    WHEN (NEW.link_id IS NOT NULL AND NEW.action IN ('flow_started', 'step_saved', 'check_finished'))
    EXECUTE FUNCTION link_progress_goes_on();

-- The few entries that tell of a problem, among very many that tell of none.
CREATE INDEX audit_entry_of_problems ON audit_entry (at)
    WHERE action IN ('step_refused', 'step_doubted')
        OR action = 'check_finished' AND substr(detail, 1, 6) <> 'linked';
