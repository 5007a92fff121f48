-- Files that residents and officers sent. The bytes lie beside the database under their SHA-256, so the same picture is kept
-- once; a row says whose it is. state: waiting (to be fetched) | stored | failed (reason says why) | deleted (kept long enough).
-- message_id is NULL while an officer's file waits for the reply that carries it.
CREATE TABLE media (
  id               INTEGER PRIMARY KEY,
  message_id       INTEGER,
  conversation_id  INTEGER NOT NULL,
  contact_id       INTEGER NOT NULL,
  channel          TEXT    NOT NULL,
  state            TEXT    NOT NULL,
  reason           TEXT,
  attempts         INTEGER NOT NULL,
  ready_at         INTEGER NOT NULL,
  created_at       INTEGER NOT NULL,
  sha256           TEXT,
  bytes            INTEGER,
  mime_type        TEXT,
  file_name        TEXT
);
CREATE UNIQUE INDEX media_of_message ON media (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX media_waiting ON media (ready_at, id) WHERE state = 'waiting';
CREATE INDEX media_stored ON media (created_at, id) WHERE state = 'stored';
CREATE INDEX media_content ON media (sha256) WHERE sha256 IS NOT NULL;
