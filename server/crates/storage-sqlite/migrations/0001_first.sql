-- The first schema. Migrations only go forward; a shipped file is never edited.
-- Times are milliseconds since 1970 UTC. Token columns hold SHA-256 hashes, never tokens.

CREATE TABLE link (
    id           TEXT PRIMARY KEY NOT NULL,
    customer     TEXT NOT NULL CHECK (length(customer) > 0),
    contact      TEXT,
    permissions  TEXT NOT NULL,
    status       TEXT NOT NULL,
    who_acts     TEXT NOT NULL,
    problem      TEXT,
    step_reached TEXT,
    host         TEXT,
    created_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    linked_at    INTEGER
) STRICT;
CREATE INDEX link_by_change ON link (changed_at DESC, id DESC);
CREATE INDEX link_by_status ON link (status, changed_at DESC, id DESC);

CREATE TABLE invite (
    id           TEXT PRIMARY KEY NOT NULL,
    link_id      TEXT NOT NULL REFERENCES link (id),
    token_hash   BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    started_at   INTEGER,
    revoked_at   INTEGER,
    completed_at INTEGER
) STRICT;
CREATE INDEX invite_by_link ON invite (link_id, created_at DESC);

CREATE TABLE flow_session (
    token_hash BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
    link_id    TEXT NOT NULL REFERENCES link (id),
    invite_id  TEXT NOT NULL REFERENCES invite (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX flow_session_by_end ON flow_session (expires_at);
CREATE INDEX flow_session_by_invite ON flow_session (invite_id);

-- One data key per link, only ever wrapped: an envelope of version 1 is 1 + 12 + 32 + 16 bytes.
CREATE TABLE link_key (
    link_id          TEXT PRIMARY KEY NOT NULL REFERENCES link (id),
    envelope_version INTEGER NOT NULL CHECK (envelope_version = 1),
    key_id           TEXT NOT NULL CHECK (length(key_id) > 0),
    envelope         BLOB NOT NULL CHECK (length(envelope) = 61 AND substr(envelope, 1, 1) = x'01')
) STRICT;

-- Only ever sealed: an envelope of version 1 is its version, a nonce, at least one byte of text and a tag.
CREATE TABLE sealed_value (
    link_id          TEXT NOT NULL REFERENCES link_key (link_id),
    field            TEXT NOT NULL CHECK (field IN ('customer_api_key', 'username', 'password')),
    slot             TEXT NOT NULL CHECK (slot IN ('saved', 'pending')),
    envelope_version INTEGER NOT NULL CHECK (envelope_version = 1),
    envelope         BLOB NOT NULL CHECK (length(envelope) >= 30 AND substr(envelope, 1, 1) = x'01'),
    changed_at       INTEGER NOT NULL,
    PRIMARY KEY (link_id, field, slot)
) STRICT;

CREATE TABLE step_attempt (
    link_id       TEXT NOT NULL REFERENCES link (id),
    step          TEXT NOT NULL,
    at            INTEGER NOT NULL,
    problems      TEXT NOT NULL CHECK (length(problems) > 0),
    typed_address TEXT,
    PRIMARY KEY (link_id, step)
) STRICT;

CREATE TABLE check_run (
    id          TEXT PRIMARY KEY NOT NULL,
    link_id     TEXT NOT NULL REFERENCES link (id),
    host        TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    outcome     TEXT,
    problem     TEXT,
    connection  TEXT,
    reached_ms  INTEGER,
    accepted_ms INTEGER
) STRICT;
CREATE INDEX check_run_by_link ON check_run (link_id, started_at DESC, id DESC);
-- Two tabs cannot start two checks of one link.
CREATE UNIQUE INDEX check_run_running ON check_run (link_id) WHERE finished_at IS NULL;

CREATE TABLE check_row (
    check_id   TEXT NOT NULL REFERENCES check_run (id),
    position   INTEGER NOT NULL,
    permission TEXT NOT NULL,
    result     TEXT NOT NULL,
    problem    TEXT,
    PRIMARY KEY (check_id, position)
) STRICT;

CREATE TABLE staff (
    id            TEXT PRIMARY KEY NOT NULL,
    email         TEXT NOT NULL UNIQUE,
    role          TEXT NOT NULL CHECK (role IN ('support', 'owner')),
    password_hash TEXT NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE staff_session (
    token_hash   BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
    staff_id     TEXT NOT NULL REFERENCES staff (id),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_session_by_begin ON staff_session (created_at);

-- `position` is the order in which entries were appended: many have one time, and their ids then sort at random.
CREATE TABLE audit_entry (
    position   INTEGER PRIMARY KEY NOT NULL,
    id         TEXT NOT NULL UNIQUE,
    at         INTEGER NOT NULL,
    link_id    TEXT,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('customer', 'staff', 'command_line', 'system')),
    actor_id   TEXT,
    action     TEXT NOT NULL,
    detail     TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entry_by_link ON audit_entry (link_id, at DESC, position DESC);

-- What happened stays: the log only grows.
CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE (ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entry_is_never_deleted BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE (ABORT, 'audit entries are never deleted'); END;
-- Without this one, INSERT OR REPLACE would delete an entry unseen by the trigger above.
CREATE TRIGGER audit_entry_is_never_replaced BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id OR position = NEW.position)
BEGIN SELECT RAISE (ABORT, 'audit entries are never replaced'); END;
