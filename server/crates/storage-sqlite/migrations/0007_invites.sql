-- Invites at the desk: who has one already, presets, reminders.

-- Whether a customer, or a contact, has an unfinished link is asked for each new invite, and for each line of a table.
CREATE INDEX link_of_customer ON link (lower(customer));
CREATE INDEX link_of_contact ON link (contact) WHERE contact IS NOT NULL;

CREATE TABLE preset (
    id          TEXT PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL CHECK (length(name) > 0),
    permissions TEXT NOT NULL CHECK (length(permissions) > 0),
    created_at  INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    removed_at  INTEGER
) STRICT;
-- Two owners cannot give one name twice.
CREATE UNIQUE INDEX preset_by_name ON preset (lower(name)) WHERE removed_at IS NULL;

CREATE TABLE reminder (
    link_id      TEXT PRIMARY KEY NOT NULL REFERENCES link (id),
    after_days   INTEGER NOT NULL CHECK (after_days IN (3, 7)),
    sent         INTEGER NOT NULL CHECK (sent BETWEEN 0 AND 2),
    last_sent_at INTEGER CHECK ((last_sent_at IS NULL) = (sent = 0))
) STRICT;
CREATE INDEX reminder_to_send ON reminder (link_id) WHERE sent < 2;
