-- Questions to passkeys that were answered, until they would be over anyway: no answer counts twice, whichever server it is
-- sent to and however often that was started again.
CREATE TABLE answered (
    question BYTEA NOT NULL PRIMARY KEY,
    until    BIGINT NOT NULL
);
CREATE INDEX answered_by_end ON answered (until);

-- Guesses at sign-in, so that whoever guesses has no more of them where there are more servers. What a budget is about is a
-- digest. Unlogged: it is written with every guess, and no harm is done when a database that broke down forgets them.
CREATE UNLOGGED TABLE guess (
    budget  BYTEA NOT NULL PRIMARY KEY,
    since   BIGINT NOT NULL,
    guesses INTEGER NOT NULL
);
CREATE INDEX guess_by_age ON guess (since);
