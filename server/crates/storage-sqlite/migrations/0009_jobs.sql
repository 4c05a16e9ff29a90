-- The queue: what is to be done later or again. A job is named by what it does and what it is about, so there are never
-- two of the same.
CREATE TABLE job (
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    -- While somebody works on it: when that counts as lost.
    due_at     INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- Goes up with each attempt: who holds an older one comes too late.
    fence      INTEGER NOT NULL DEFAULT 0,
    problem    TEXT,
    dead_at    INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_by_due ON job (kind, due_at) WHERE dead_at IS NULL;
CREATE INDEX job_by_death ON job (dead_at) WHERE dead_at IS NOT NULL;
