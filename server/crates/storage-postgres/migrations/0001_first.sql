-- The first schema. Migrations only go forward; a shipped file is never edited.
-- Times are milliseconds since 1970 UTC. Token columns hold SHA-256 hashes, never tokens.
--
-- The tables are those of SQLite, column by column, so that one database can be copied into the other. Texts are compared
-- byte by byte (collation C), whatever the database was made with: lists are in the same order everywhere. What is yes or
-- no is 1 or 0.

CREATE TABLE link (
    id           TEXT COLLATE "C" PRIMARY KEY,
    customer     TEXT COLLATE "C" NOT NULL CHECK (length(customer) > 0),
    contact      TEXT COLLATE "C",
    permissions  TEXT COLLATE "C" NOT NULL,
    status       TEXT COLLATE "C" NOT NULL,
    who_acts     TEXT COLLATE "C" NOT NULL,
    problem      TEXT COLLATE "C",
    step_reached TEXT COLLATE "C",
    host         TEXT COLLATE "C",
    created_at   BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    linked_at    BIGINT
);
CREATE INDEX link_by_change ON link (changed_at DESC, id DESC);
CREATE INDEX link_by_status ON link (status, changed_at DESC, id DESC);

CREATE TABLE invite (
    id           TEXT COLLATE "C" PRIMARY KEY,
    link_id      TEXT COLLATE "C" NOT NULL REFERENCES link (id) DEFERRABLE,
    token_hash   BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    started_at   BIGINT,
    revoked_at   BIGINT,
    completed_at BIGINT
);
CREATE INDEX invite_by_link ON invite (link_id, created_at DESC);

CREATE TABLE flow_session (
    token_hash BYTEA PRIMARY KEY CHECK (length(token_hash) = 32),
    link_id    TEXT COLLATE "C" NOT NULL REFERENCES link (id) DEFERRABLE,
    invite_id  TEXT COLLATE "C" NOT NULL REFERENCES invite (id) DEFERRABLE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX flow_session_by_end ON flow_session (expires_at);
CREATE INDEX flow_session_by_invite ON flow_session (invite_id);

-- One data key per link, only ever wrapped: an envelope of version 1 is 1 + 12 + 32 + 16 bytes.
CREATE TABLE link_key (
    link_id          TEXT COLLATE "C" PRIMARY KEY REFERENCES link (id) DEFERRABLE,
    envelope_version BIGINT NOT NULL CHECK (envelope_version = 1),
    key_id           TEXT COLLATE "C" NOT NULL CHECK (length(key_id) > 0),
    envelope         BYTEA NOT NULL CHECK (length(envelope) = 61 AND substring(envelope FROM 1 FOR 1) = '\x01')
);

-- Only ever sealed: an envelope of version 1 is its version, a nonce, at least one byte of text and a tag.
CREATE TABLE sealed_value (
    link_id          TEXT COLLATE "C" NOT NULL REFERENCES link_key (link_id) DEFERRABLE,
    field            TEXT COLLATE "C" NOT NULL CHECK (field IN ('customer_api_key', 'username', 'password')),
    slot             TEXT COLLATE "C" NOT NULL CHECK (slot IN ('saved', 'pending')),
    envelope_version BIGINT NOT NULL CHECK (envelope_version = 1),
    envelope         BYTEA NOT NULL CHECK (length(envelope) >= 30 AND substring(envelope FROM 1 FOR 1) = '\x01'),
    changed_at       BIGINT NOT NULL,
    PRIMARY KEY (link_id, field, slot)
);

CREATE TABLE step_attempt (
    link_id       TEXT COLLATE "C" NOT NULL REFERENCES link (id) DEFERRABLE,
    step          TEXT COLLATE "C" NOT NULL,
    at            BIGINT NOT NULL,
    problems      TEXT COLLATE "C" NOT NULL CHECK (length(problems) > 0),
    typed_address TEXT COLLATE "C",
    PRIMARY KEY (link_id, step)
);

CREATE TABLE check_run (
    id          TEXT COLLATE "C" PRIMARY KEY,
    link_id     TEXT COLLATE "C" NOT NULL REFERENCES link (id) DEFERRABLE,
    host        TEXT COLLATE "C" NOT NULL,
    started_at  BIGINT NOT NULL,
    finished_at BIGINT,
    outcome     TEXT COLLATE "C",
    problem     TEXT COLLATE "C",
    connection  TEXT COLLATE "C",
    reached_ms  BIGINT,
    accepted_ms BIGINT,
    -- In which order they were kept, since several can begin in one millisecond: what the rowid is to SQLite.
    number      BIGINT NOT NULL UNIQUE
);
CREATE INDEX check_run_by_link ON check_run (link_id, started_at DESC, number DESC);
-- Two tabs cannot start two checks of one link.
CREATE UNIQUE INDEX check_run_running ON check_run (link_id) WHERE finished_at IS NULL;

CREATE TABLE check_row (
    check_id   TEXT COLLATE "C" NOT NULL REFERENCES check_run (id) DEFERRABLE,
    position   BIGINT NOT NULL,
    permission TEXT COLLATE "C" NOT NULL,
    result     TEXT COLLATE "C" NOT NULL,
    problem    TEXT COLLATE "C",
    PRIMARY KEY (check_id, position)
);

CREATE TABLE staff (
    id            TEXT COLLATE "C" PRIMARY KEY,
    email         TEXT COLLATE "C" NOT NULL UNIQUE,
    role          TEXT COLLATE "C" NOT NULL CHECK (role IN ('support', 'owner')),
    password_hash TEXT COLLATE "C" NOT NULL,
    created_at    BIGINT NOT NULL
);

CREATE TABLE staff_session (
    token_hash   BYTEA PRIMARY KEY CHECK (length(token_hash) = 32),
    staff_id     TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL
);
CREATE INDEX staff_session_by_begin ON staff_session (created_at);

-- `position` is the order in which entries were appended: many have one time, and their ids then sort at random.
CREATE TABLE audit_entry (
    position   BIGINT PRIMARY KEY,
    id         TEXT COLLATE "C" NOT NULL UNIQUE,
    at         BIGINT NOT NULL,
    link_id    TEXT COLLATE "C",
    actor_kind TEXT COLLATE "C" NOT NULL CHECK (actor_kind IN ('customer', 'staff', 'command_line', 'system')),
    actor_id   TEXT COLLATE "C",
    action     TEXT COLLATE "C" NOT NULL,
    detail     TEXT COLLATE "C" NOT NULL
);
CREATE INDEX audit_entry_by_link ON audit_entry (link_id, at DESC, position DESC);

-- What happened stays: the log only grows.
CREATE FUNCTION audit_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit entries are never changed'; END $$;
CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_is_never_changed();
CREATE TRIGGER audit_entry_is_never_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_never_changed();
