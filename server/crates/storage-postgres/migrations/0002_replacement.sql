-- What a link needs so that its credentials can be replaced while it stands, and undone; steps that are handed over;
-- what UKG Pro refused, counted; the installation's own key.

-- What is to replace the host in use, and what was in use before: all of it, or nothing of it.
ALTER TABLE link ADD COLUMN fresh_host TEXT COLLATE "C";
ALTER TABLE link ADD COLUMN account BYTEA CHECK (account IS NULL OR length(account) = 32);
ALTER TABLE link ADD COLUMN previous_host TEXT COLLATE "C";
ALTER TABLE link ADD COLUMN previous_status TEXT COLLATE "C";
ALTER TABLE link ADD COLUMN previous_account BYTEA CHECK (previous_account IS NULL OR length(previous_account) = 32);
ALTER TABLE link ADD COLUMN replaced_at BIGINT;
ALTER TABLE link ADD CONSTRAINT link_replaced_whole CHECK (
    CASE WHEN replaced_at IS NULL
        THEN previous_host IS NULL AND previous_status IS NULL AND previous_account IS NULL
        ELSE previous_host IS NOT NULL AND previous_status IS NOT NULL
    END
);
CREATE INDEX link_by_account ON link (account) WHERE account IS NOT NULL;
CREATE INDEX link_by_replacement ON link (replaced_at) WHERE replaced_at IS NOT NULL;

ALTER TABLE invite ADD COLUMN renews TEXT COLLATE "C" REFERENCES invite (id) DEFERRABLE;

CREATE TABLE hand_over (
    id         TEXT COLLATE "C" PRIMARY KEY,
    link_id    TEXT COLLATE "C" NOT NULL REFERENCES link (id) DEFERRABLE,
    invite_id  TEXT COLLATE "C" NOT NULL REFERENCES invite (id) DEFERRABLE,
    step       TEXT COLLATE "C" NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at   BIGINT
);
CREATE INDEX hand_over_by_link ON hand_over (link_id, created_at DESC);
CREATE INDEX hand_over_by_invite ON hand_over (invite_id);

ALTER TABLE flow_session ADD COLUMN hand_over_id TEXT COLLATE "C" REFERENCES hand_over (id) DEFERRABLE;
CREATE INDEX flow_session_by_hand_over ON flow_session (hand_over_id) WHERE hand_over_id IS NOT NULL;

-- The installation's own data key, of the same form as a link's. There is one.
CREATE TABLE installation_key (
    id               BIGINT PRIMARY KEY CHECK (id = 1),
    envelope_version BIGINT NOT NULL CHECK (envelope_version = 1),
    key_id           TEXT COLLATE "C" NOT NULL CHECK (length(key_id) > 0),
    envelope         BYTEA NOT NULL CHECK (length(envelope) = 61 AND substring(envelope FROM 1 FOR 1) = '\x01')
);

-- More slots. A value of the first version has no fingerprint.
ALTER TABLE sealed_value DROP CONSTRAINT sealed_value_slot_check;
ALTER TABLE sealed_value ADD CONSTRAINT sealed_value_slot_check
    CHECK (slot IN ('saved', 'pending', 'fresh', 'previous'));
ALTER TABLE sealed_value ADD COLUMN fingerprint BYTEA CHECK (fingerprint IS NULL OR length(fingerprint) = 32);

-- Zeros stand for the unknown values of a check that the first version made: they equal nothing.
ALTER TABLE check_run ADD COLUMN account BYTEA CHECK (account IS NULL OR length(account) = 32);
ALTER TABLE check_run ADD COLUMN submission BYTEA NOT NULL
    DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000' CHECK (length(submission) = 32);
ALTER TABLE check_run ADD COLUMN of_replacement BIGINT NOT NULL DEFAULT 0 CHECK (of_replacement IN (0, 1));
ALTER TABLE check_run ADD COLUMN refused BIGINT NOT NULL DEFAULT 0 CHECK (refused >= 0);
ALTER TABLE check_run ADD COLUMN surplus TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE check_row ADD COLUMN took_ms BIGINT;

-- Few entries among very many: who waits for a new invite is looked up at each view of the desk's list.
CREATE INDEX audit_entry_of_renewals ON audit_entry (link_id, position) WHERE action = 'invite_renewed';
