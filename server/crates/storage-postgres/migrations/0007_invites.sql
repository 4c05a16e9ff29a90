-- Invites at the desk: who has one already, presets, reminders.

-- Whether a customer, or a contact, has an unfinished link is asked for each new invite, and for each line of a table: the
-- indexes `link_by_customer` and `link_by_contact` tell.

CREATE TABLE preset (
    id          TEXT COLLATE "C" PRIMARY KEY,
    name        TEXT COLLATE "C" NOT NULL CHECK (length(name) > 0),
    permissions TEXT COLLATE "C" NOT NULL CHECK (length(permissions) > 0),
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL,
    removed_at  BIGINT
);
-- Two owners cannot give one name twice.
CREATE UNIQUE INDEX preset_by_name ON preset (lower(name)) WHERE removed_at IS NULL;

CREATE TABLE reminder (
    link_id      TEXT COLLATE "C" PRIMARY KEY REFERENCES link (id) DEFERRABLE,
    after_days   BIGINT NOT NULL CHECK (after_days IN (3, 7)),
    sent         BIGINT NOT NULL CHECK (sent BETWEEN 0 AND 2),
    last_sent_at BIGINT CHECK ((last_sent_at IS NULL) = (sent = 0))
);
CREATE INDEX reminder_to_send ON reminder (link_id) WHERE sent < 2;
