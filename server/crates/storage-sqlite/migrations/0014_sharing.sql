-- Questions to passkeys that were answered, until they would be over anyway: no answer counts twice, whichever server it is
-- sent to and however often that was started again.
CREATE TABLE answered (
    question BLOB NOT NULL PRIMARY KEY,
    until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_by_end ON answered (until);
