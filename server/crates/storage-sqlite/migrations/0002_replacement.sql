-- What a link needs so that its credentials can be replaced while it stands, and undone; steps that are handed over;
-- what UKG Pro refused, counted; the installation's own key.

-- What is to replace the host in use, and what was in use before: all of it, or nothing of it.
ALTER TABLE link ADD COLUMN fresh_host TEXT;
ALTER TABLE link ADD COLUMN account BLOB CHECK (account IS NULL OR length(account) = 32);
ALTER TABLE link ADD COLUMN previous_host TEXT;
ALTER TABLE link ADD COLUMN previous_status TEXT;
ALTER TABLE link ADD COLUMN previous_account BLOB CHECK (previous_account IS NULL OR length(previous_account) = 32);
ALTER TABLE link ADD COLUMN replaced_at INTEGER CHECK (
    CASE WHEN replaced_at IS NULL
        THEN previous_host IS NULL AND previous_status IS NULL AND previous_account IS NULL
        ELSE previous_host IS NOT NULL AND previous_status IS NOT NULL
    END
);
CREATE INDEX link_by_account ON link (account) WHERE account IS NOT NULL;
CREATE INDEX link_by_replacement ON link (replaced_at) WHERE replaced_at IS NOT NULL;

ALTER TABLE invite ADD COLUMN renews TEXT REFERENCES invite (id);

CREATE TABLE hand_over (
    id         TEXT PRIMARY KEY NOT NULL,
    link_id    TEXT NOT NULL REFERENCES link (id),
    invite_id  TEXT NOT NULL REFERENCES invite (id),
    step       TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at   INTEGER
) STRICT;
CREATE INDEX hand_over_by_link ON hand_over (link_id, created_at DESC);
CREATE INDEX hand_over_by_invite ON hand_over (invite_id);

ALTER TABLE flow_session ADD COLUMN hand_over_id TEXT REFERENCES hand_over (id);
CREATE INDEX flow_session_by_hand_over ON flow_session (hand_over_id) WHERE hand_over_id IS NOT NULL;

-- The installation's own data key, of the same form as a link's. There is one.
CREATE TABLE installation_key (
    id               INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    envelope_version INTEGER NOT NULL CHECK (envelope_version = 1),
    key_id           TEXT NOT NULL CHECK (length(key_id) > 0),
    envelope         BLOB NOT NULL CHECK (length(envelope) = 61 AND substr(envelope, 1, 1) = x'01')
) STRICT;

-- A slot's name is checked by the table, and a check cannot be changed: the table is made anew, with the rest as it was.
-- A value of the first version has no fingerprint.
CREATE TABLE sealed_value_with_more_slots (
    link_id          TEXT NOT NULL REFERENCES link_key (link_id),
    field            TEXT NOT NULL CHECK (field IN ('customer_api_key', 'username', 'password')),
    slot             TEXT NOT NULL CHECK (slot IN ('saved', 'pending', 'fresh', 'previous')),
    envelope_version INTEGER NOT NULL CHECK (envelope_version = 1),
    envelope         BLOB NOT NULL CHECK (length(envelope) >= 30 AND substr(envelope, 1, 1) = x'01'),
    changed_at       INTEGER NOT NULL,
    fingerprint      BLOB CHECK (fingerprint IS NULL OR length(fingerprint) = 32),
    PRIMARY KEY (link_id, field, slot)
) STRICT;
INSERT INTO sealed_value_with_more_slots (link_id, field, slot, envelope_version, envelope, changed_at)
    SELECT link_id, field, slot, envelope_version, envelope, changed_at FROM sealed_value;
DROP TABLE sealed_value;
ALTER TABLE sealed_value_with_more_slots RENAME TO sealed_value;

-- Zeros stand for the unknown values of a check that the first version made: they equal nothing.
ALTER TABLE check_run ADD COLUMN account BLOB CHECK (account IS NULL OR length(account) = 32);
ALTER TABLE check_run ADD COLUMN submission BLOB NOT NULL
    DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000' CHECK (length(submission) = 32);
ALTER TABLE check_run ADD COLUMN of_replacement INTEGER NOT NULL DEFAULT 0 CHECK (of_replacement IN (0, 1));
ALTER TABLE check_run ADD COLUMN refused INTEGER NOT NULL DEFAULT 0 CHECK (refused >= 0);
ALTER TABLE check_run ADD COLUMN surplus TEXT NOT NULL DEFAULT '';
ALTER TABLE check_row ADD COLUMN took_ms INTEGER;

-- Few entries among very many: who waits for a new invite is looked up at each view of the desk's list.
CREATE INDEX audit_entry_of_renewals ON audit_entry (link_id, position) WHERE action = 'invite_renewed';
