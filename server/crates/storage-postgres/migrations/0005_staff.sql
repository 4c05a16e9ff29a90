-- Staff accounts that can be closed, their sessions as a list, known browsers, second factors, passkeys, invites to
-- become staff. Token columns hold SHA-256 hashes, never tokens.

ALTER TABLE staff ADD COLUMN deactivated_at BIGINT;

-- A session has a name of its own, to be listed and ended by. Whoever is signed in stays so.
ALTER TABLE staff_session ADD COLUMN id TEXT COLLATE "C";
ALTER TABLE staff_session ADD COLUMN confirmed_at BIGINT;
ALTER TABLE staff_session ADD COLUMN browser TEXT COLLATE "C";
ALTER TABLE staff_session ADD COLUMN address TEXT COLLATE "C";
UPDATE staff_session
    SET id = 'ses_' || replace(gen_random_uuid()::text, '-', ''), confirmed_at = created_at, browser = '';
ALTER TABLE staff_session ALTER COLUMN id SET NOT NULL;
ALTER TABLE staff_session ALTER COLUMN confirmed_at SET NOT NULL;
ALTER TABLE staff_session ALTER COLUMN browser SET NOT NULL;
ALTER TABLE staff_session ADD UNIQUE (id);
CREATE INDEX staff_session_by_staff ON staff_session (staff_id, last_used_at DESC);

-- A browser that this account signed in with: guesses from elsewhere do not count against it.
CREATE TABLE staff_device (
    token_hash   BYTEA PRIMARY KEY CHECK (length(token_hash) = 32),
    staff_id     TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    last_used_at BIGINT NOT NULL
);
CREATE INDEX staff_device_by_staff ON staff_device (staff_id);

-- The password was right, and the second factor is asked for.
CREATE TABLE pending_sign_in (
    token_hash BYTEA PRIMARY KEY CHECK (length(token_hash) = 32),
    staff_id   TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    expires_at BIGINT NOT NULL,
    tries_left BIGINT NOT NULL CHECK (tries_left >= 0)
);
CREATE INDEX pending_sign_in_by_staff ON pending_sign_in (staff_id);

-- The authenticator app's secret is not kept: it follows from the seed and from the installation's own key.
CREATE TABLE authenticator (
    staff_id     TEXT COLLATE "C" PRIMARY KEY REFERENCES staff (id) DEFERRABLE,
    seed         BYTEA NOT NULL CHECK (length(seed) = 32),
    created_at   BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step    BIGINT
);

CREATE TABLE recovery_code (
    staff_id  TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    code_hash BYTEA NOT NULL CHECK (length(code_hash) = 32),
    used_at   BIGINT,
    PRIMARY KEY (staff_id, code_hash)
);

CREATE TABLE passkey (
    id           TEXT COLLATE "C" PRIMARY KEY,
    staff_id     TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    credential   BYTEA NOT NULL UNIQUE CHECK (length(credential) BETWEEN 1 AND 1023),
    algorithm    BIGINT NOT NULL,
    public_key   BYTEA NOT NULL,
    sign_count   BIGINT NOT NULL CHECK (sign_count >= 0),
    name         TEXT COLLATE "C" NOT NULL CHECK (length(name) > 0),
    created_at   BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX passkey_by_staff ON passkey (staff_id, created_at);

CREATE TABLE staff_invite (
    id         TEXT COLLATE "C" PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    email      TEXT COLLATE "C" NOT NULL UNIQUE,
    role       TEXT COLLATE "C" NOT NULL CHECK (role IN ('support', 'owner')),
    invited_by TEXT COLLATE "C" NOT NULL REFERENCES staff (id) DEFERRABLE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
