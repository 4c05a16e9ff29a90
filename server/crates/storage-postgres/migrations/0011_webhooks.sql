-- Where messages go. The secret they are signed with is made from the seed and the installation's own key.
CREATE TABLE webhook_endpoint (
    id            TEXT COLLATE "C" PRIMARY KEY,
    url           TEXT COLLATE "C" NOT NULL,
    events        TEXT COLLATE "C" NOT NULL,
    state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('active', 'paused', 'gone')),
    -- The number of its last message.
    sequence      BIGINT NOT NULL DEFAULT 0,
    seed          BYTEA NOT NULL CHECK (octet_length(seed) = 32),
    old_seed      BYTEA CHECK (octet_length(old_seed) = 32),
    old_until     BIGINT,
    failures      BIGINT NOT NULL DEFAULT 0,
    failing_since BIGINT,
    quiet_until   BIGINT,
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    removed_at    BIGINT,
    CHECK ((old_seed IS NULL) = (old_until IS NULL))
);

-- One message to one endpoint.
CREATE TABLE webhook_delivery (
    id          TEXT COLLATE "C" PRIMARY KEY,
    endpoint_id TEXT COLLATE "C" NOT NULL REFERENCES webhook_endpoint (id) DEFERRABLE,
    sequence    BIGINT NOT NULL,
    event       TEXT COLLATE "C" NOT NULL,
    link_id     TEXT COLLATE "C" REFERENCES link (id) DEFERRABLE,
    body        TEXT COLLATE "C" NOT NULL,
    state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    created_at  BIGINT NOT NULL,
    next_at     BIGINT NOT NULL,
    give_up_at  BIGINT NOT NULL,
    ended_at    BIGINT,
    attempts    BIGINT NOT NULL DEFAULT 0,
    last_status BIGINT,
    problem     TEXT COLLATE "C",
    took_ms     BIGINT,
    UNIQUE (endpoint_id, sequence),
    CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX webhook_delivery_by_due ON webhook_delivery (endpoint_id, next_at, sequence) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_failed ON webhook_delivery (endpoint_id, sequence) WHERE state = 'failed';
CREATE INDEX webhook_delivery_by_end ON webhook_delivery (ended_at) WHERE state = 'delivered';
CREATE INDEX webhook_delivery_by_creation ON webhook_delivery (created_at) WHERE state <> 'delivered';

-- An attempt that failed; of one that went well the message itself tells.
CREATE TABLE webhook_attempt (
    delivery_id TEXT COLLATE "C" NOT NULL REFERENCES webhook_delivery (id) ON DELETE CASCADE DEFERRABLE,
    number      BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    status      BIGINT,
    problem     TEXT COLLATE "C" NOT NULL,
    took_ms     BIGINT NOT NULL,
    PRIMARY KEY (delivery_id, number)
);

-- Whether somebody works on a job: then what is put beside it is looked at by them, before they end it.
ALTER TABLE job ADD COLUMN claimed BIGINT NOT NULL DEFAULT 0 CHECK (claimed IN (0, 1));

-- Since when nothing has happened to a link, as far as that was told. Another time: nobody was told yet.
ALTER TABLE link ADD COLUMN idle_told BIGINT NOT NULL DEFAULT 0;
CREATE INDEX link_about_to_idle ON link (changed_at)
    WHERE idle_told <> changed_at AND lapsed = 0 AND status IN ('opened', 'in_progress');
