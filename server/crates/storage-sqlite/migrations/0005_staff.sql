-- Staff accounts that can be closed, their sessions as a list, known browsers, second factors, passkeys, invites to
-- become staff. Token columns hold SHA-256 hashes, never tokens.

ALTER TABLE staff ADD COLUMN deactivated_at INTEGER;

-- A session has a name of its own, to be listed and ended by: the table is made anew. Whoever is signed in stays so.
CREATE TABLE staff_session_listed (
    token_hash   BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
    id           TEXT NOT NULL UNIQUE,
    staff_id     TEXT NOT NULL REFERENCES staff (id),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    confirmed_at INTEGER NOT NULL,
    browser      TEXT NOT NULL,
    address      TEXT
) STRICT;
INSERT INTO staff_session_listed
    SELECT token_hash, 'ses_' || lower(hex(randomblob(16))), staff_id, created_at, last_used_at, created_at, '', NULL
    FROM staff_session;
DROP TABLE staff_session;
ALTER TABLE staff_session_listed RENAME TO staff_session;
CREATE INDEX staff_session_by_begin ON staff_session (created_at);
CREATE INDEX staff_session_by_staff ON staff_session (staff_id, last_used_at DESC);

-- A browser that this account signed in with: guesses from elsewhere do not count against it.
CREATE TABLE staff_device (
    token_hash   BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
    staff_id     TEXT NOT NULL REFERENCES staff (id),
    last_used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_device_by_staff ON staff_device (staff_id);

-- The password was right, and the second factor is asked for.
CREATE TABLE pending_sign_in (
    token_hash BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
    staff_id   TEXT NOT NULL REFERENCES staff (id),
    expires_at INTEGER NOT NULL,
    tries_left INTEGER NOT NULL CHECK (tries_left >= 0)
) STRICT;
CREATE INDEX pending_sign_in_by_staff ON pending_sign_in (staff_id);

-- The authenticator app's secret is not kept: it follows from the seed and from the installation's own key.
CREATE TABLE authenticator (
    staff_id     TEXT PRIMARY KEY NOT NULL REFERENCES staff (id),
    seed         BLOB NOT NULL CHECK (length(seed) = 32),
    created_at   INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step    INTEGER
) STRICT;

CREATE TABLE recovery_code (
    staff_id  TEXT NOT NULL REFERENCES staff (id),
    code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
    used_at   INTEGER,
    PRIMARY KEY (staff_id, code_hash)
) STRICT;

CREATE TABLE passkey (
    id           TEXT PRIMARY KEY NOT NULL,
    staff_id     TEXT NOT NULL REFERENCES staff (id),
    credential   BLOB NOT NULL UNIQUE CHECK (length(credential) BETWEEN 1 AND 1023),
    algorithm    INTEGER NOT NULL,
    public_key   BLOB NOT NULL,
    sign_count   INTEGER NOT NULL CHECK (sign_count >= 0),
    name         TEXT NOT NULL CHECK (length(name) > 0),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT;
CREATE INDEX passkey_by_staff ON passkey (staff_id, created_at);

CREATE TABLE staff_invite (
    id         TEXT PRIMARY KEY NOT NULL,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    email      TEXT NOT NULL UNIQUE,
    role       TEXT NOT NULL CHECK (role IN ('support', 'owner')),
    invited_by TEXT NOT NULL REFERENCES staff (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
