-- Where messages go. The secret they are signed with is made from the seed and the installation's own key.
CREATE TABLE webhook_endpoint (
    id            TEXT PRIMARY KEY NOT NULL,
    url           TEXT NOT NULL,
    events        TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('active', 'paused', 'gone')),
    -- The number of its last message.
    sequence      INTEGER NOT NULL DEFAULT 0,
    seed          BLOB NOT NULL CHECK (length(seed) = 32),
    old_seed      BLOB CHECK (length(old_seed) = 32),
    old_until     INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    quiet_until   INTEGER,
    created_at    INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    removed_at    INTEGER,
    CHECK ((old_seed IS NULL) = (old_until IS NULL))
) STRICT;

-- One message to one endpoint.
CREATE TABLE webhook_delivery (
    id          TEXT PRIMARY KEY NOT NULL,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoint (id),
    sequence    INTEGER NOT NULL,
    event       TEXT NOT NULL,
    link_id     TEXT REFERENCES link (id),
    body        TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    created_at  INTEGER NOT NULL,
    next_at     INTEGER NOT NULL,
    give_up_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    attempts    INTEGER NOT NULL DEFAULT 0,
    last_status INTEGER,
    problem     TEXT,
    took_ms     INTEGER,
    UNIQUE (endpoint_id, sequence),
    CHECK ((state = 'waiting') = (ended_at IS NULL))
) STRICT;
CREATE INDEX webhook_delivery_by_due ON webhook_delivery (endpoint_id, next_at, sequence) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_failed ON webhook_delivery (endpoint_id, sequence) WHERE state = 'failed';
CREATE INDEX webhook_delivery_by_end ON webhook_delivery (ended_at) WHERE state = 'delivered';
CREATE INDEX webhook_delivery_by_creation ON webhook_delivery (created_at) WHERE state <> 'delivered';

-- An attempt that failed; of one that went well the message itself tells.
CREATE TABLE webhook_attempt (
    delivery_id TEXT NOT NULL REFERENCES webhook_delivery (id) ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    status      INTEGER,
    problem     TEXT NOT NULL,
    took_ms     INTEGER NOT NULL,
    PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;

-- Whether somebody works on a job: then what is put beside it is looked at by them, before they end it.
ALTER TABLE job ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0 CHECK (claimed IN (0, 1));

-- Since when nothing has happened to a link, as far as that was told. Another time: nobody was told yet.
ALTER TABLE link ADD COLUMN idle_told INTEGER NOT NULL DEFAULT 0;
CREATE INDEX link_about_to_idle ON link (changed_at)
    WHERE idle_told <> changed_at AND lapsed = 0 AND status IN ('opened', 'in_progress');
