-- The first form of the store. Read by SQLite 3.40 and PostgreSQL 15 alike (where INTEGER is created as BIGINT): text identifiers where people choose them,
-- 63-bit time-ordered integers where the application makes them, moments as Unix milliseconds, booleans as 0/1.

-- A resident in one channel. `address` is the channel's own key (phone digits, business-scoped id, chat id, session).
CREATE TABLE contact (
  id          INTEGER  PRIMARY KEY,
  channel     TEXT    NOT NULL,
  address     TEXT    NOT NULL,
  name        TEXT    NOT NULL,
  reachable   INTEGER NOT NULL DEFAULT 1,
  created_at  INTEGER  NOT NULL,
  UNIQUE (channel, address)
);

-- Other keys of the same resident: one person may come with a phone today and with a business-scoped id tomorrow.
CREATE TABLE contact_alias (
  channel     TEXT   NOT NULL,
  alias       TEXT   NOT NULL,
  contact_id  INTEGER NOT NULL REFERENCES contact (id),
  PRIMARY KEY (channel, alias)
);

-- One thread with a resident. `state` and `agent_id` are the one place that says who owns it (P4):
-- bot | waiting (for an office) | claimed (by agent_id) | resolved. `bot_memory` is JSON of the turn's own state.
CREATE TABLE conversation (
  id               INTEGER  PRIMARY KEY,
  contact_id       INTEGER  NOT NULL REFERENCES contact (id),
  channel          TEXT    NOT NULL,
  state            TEXT    NOT NULL,
  office           TEXT,
  agent_id         INTEGER,
  case_id          INTEGER,
  bot_memory       TEXT    NOT NULL,
  opened_at        INTEGER  NOT NULL,
  updated_at       INTEGER  NOT NULL,
  last_inbound_at  INTEGER  NOT NULL,
  unread           INTEGER NOT NULL DEFAULT 0,
  last_author      TEXT    NOT NULL DEFAULT '',
  last_text        TEXT    NOT NULL DEFAULT ''
);
-- Two webhooks in parallel can never open two threads for one person.
CREATE UNIQUE INDEX conversation_open ON conversation (contact_id) WHERE state <> 'resolved';
-- The desk's lists: only what people own or wait for, newest work first; the last one is for those who see every office.
CREATE INDEX conversation_waiting ON conversation (office, updated_at) WHERE state = 'waiting';
CREATE INDEX conversation_mine ON conversation (agent_id, updated_at) WHERE state = 'claimed';
CREATE INDEX conversation_with_people ON conversation (office, updated_at) WHERE state IN ('waiting', 'claimed');
CREATE INDEX conversation_done ON conversation (office, updated_at) WHERE state = 'resolved';
CREATE INDEX conversation_done_anywhere ON conversation (updated_at) WHERE state = 'resolved';

-- Everything said. (channel, external_id) is the key of "once, for ever" (P2) and finds our message when a status comes.
-- author: resident | bot | agent | system | note. delivery: pending | sent | delivered | read | failed, '' if inbound.
CREATE TABLE message (
  id               INTEGER PRIMARY KEY,
  conversation_id  INTEGER NOT NULL REFERENCES conversation (id),
  contact_id       INTEGER NOT NULL,
  channel          TEXT   NOT NULL,
  external_id      TEXT,
  author           TEXT   NOT NULL,
  agent_id         INTEGER,
  kind             TEXT   NOT NULL,
  text             TEXT   NOT NULL,
  choices          TEXT,
  attachment       TEXT,
  client_id        TEXT,
  sent_at          INTEGER NOT NULL,
  at               INTEGER NOT NULL,
  delivery         TEXT   NOT NULL,
  error            TEXT,
  receipt          TEXT
);
CREATE UNIQUE INDEX message_external ON message (channel, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX message_of_contact ON message (contact_id, id);
-- An officer's repeat of the same request is the same message.
CREATE UNIQUE INDEX message_client ON message (conversation_id, client_id) WHERE client_id IS NOT NULL;

-- A status that came before we knew the channel's id of our message waits here for it.
CREATE TABLE early_status (
  channel      TEXT   NOT NULL,
  external_id  TEXT   NOT NULL,
  state        TEXT   NOT NULL,
  error        TEXT,
  at           INTEGER NOT NULL,
  PRIMARY KEY (channel, external_id, state)
);

-- What must leave the house. Written with the decision, deleted when the channel took it. state: waiting | in_flight | dead.
-- kind: message | acknowledge (payload is the channel's token).
CREATE TABLE outbox (
  id               INTEGER  PRIMARY KEY,
  channel          TEXT    NOT NULL,
  contact_id       INTEGER  NOT NULL,
  message_id       INTEGER,
  kind             TEXT    NOT NULL,
  payload          TEXT    NOT NULL,
  state            TEXT    NOT NULL,
  attempts         INTEGER NOT NULL,
  ready_at         INTEGER  NOT NULL,
  created_at       INTEGER  NOT NULL,
  error            TEXT
);
CREATE INDEX outbox_of_channel ON outbox (channel, state, id);
CREATE INDEX outbox_of_contact ON outbox (contact_id, id);

-- A case: what an office owes a resident. number is what people say on the phone: BPN-2611-0042.
CREATE TABLE case_file (
  id                  INTEGER PRIMARY KEY,
  number              TEXT   NOT NULL UNIQUE,
  conversation_id     INTEGER NOT NULL,
  contact_id          INTEGER NOT NULL,
  office              TEXT   NOT NULL,
  topic               TEXT   NOT NULL,
  reason              TEXT   NOT NULL,
  opened_at           INTEGER NOT NULL,
  first_response_due  INTEGER NOT NULL,
  resolution_due      INTEGER NOT NULL,
  first_response_at   INTEGER,
  resolved_at         INTEGER,
  outcome             TEXT
);
CREATE INDEX case_of_contact ON case_file (contact_id, id);
CREATE TABLE case_counter (
  month  TEXT   PRIMARY KEY,
  last   INTEGER NOT NULL
);

-- People who sign in. role: agent | editor | supervisor | admin. office is NULL for those who serve the whole city.
CREATE TABLE staff (
  id             INTEGER  PRIMARY KEY,
  name           TEXT    NOT NULL UNIQUE,
  role           TEXT    NOT NULL,
  office         TEXT,
  password_hash  TEXT    NOT NULL,
  disabled       INTEGER NOT NULL DEFAULT 0,
  created_at     INTEGER  NOT NULL
);
-- token_hash is SHA-256 of the cookie: a stolen database opens no session.
CREATE TABLE session (
  token_hash    TEXT   PRIMARY KEY,
  staff_id      INTEGER NOT NULL REFERENCES staff (id),
  csrf          TEXT   NOT NULL,
  created_at    INTEGER NOT NULL,
  last_seen_at  INTEGER NOT NULL
);
CREATE INDEX session_of_staff ON session (staff_id);

-- FAQ entries: the newest words of each, and every revision there ever was. status: draft | published | archived.
-- `published` is the revision residents get, NULL if none.
CREATE TABLE entry (
  id          TEXT   PRIMARY KEY,
  office      TEXT   NOT NULL,
  status      TEXT   NOT NULL,
  revision    INTEGER NOT NULL,
  published   INTEGER,
  title       TEXT   NOT NULL,
  updated_at  INTEGER NOT NULL,
  updated_by  TEXT   NOT NULL
);
CREATE TABLE entry_revision (
  entry_id  TEXT   NOT NULL REFERENCES entry (id),
  revision  INTEGER NOT NULL,
  document  TEXT   NOT NULL,
  status    TEXT   NOT NULL,
  at        INTEGER NOT NULL,
  by_name   TEXT   NOT NULL,
  PRIMARY KEY (entry_id, revision)
);

-- Questions that got no answer, one row a wording (after normalising). state: open | attached | ignored | drafted.
CREATE TABLE gap (
  id        INTEGER PRIMARY KEY,
  wording   TEXT   NOT NULL UNIQUE,
  text      TEXT   NOT NULL,
  count     INTEGER NOT NULL,
  first_at  INTEGER NOT NULL,
  last_at   INTEGER NOT NULL,
  state     TEXT   NOT NULL,
  entry_id  TEXT
);
CREATE INDEX gap_open ON gap (count, id) WHERE state = 'open';

-- What signed-in pages are told, with ids so that a page that was away can ask for what it missed. office NULL: for all.
CREATE TABLE live_event (
  id       INTEGER PRIMARY KEY,
  kind     TEXT   NOT NULL,
  office   TEXT,
  subject  TEXT   NOT NULL,
  at       INTEGER NOT NULL
);

-- How many turns ended how, a day (in the city's zone) and entry: the figures leaders and the public see.
CREATE TABLE turn_count (
  day     TEXT   NOT NULL,
  action  TEXT   NOT NULL,
  entry   TEXT   NOT NULL,
  count   INTEGER NOT NULL,
  PRIMARY KEY (day, action, entry)
);

-- Documents kept whole, each import a new revision: the city file (offices, hours, holidays).
CREATE TABLE document (
  name      TEXT   NOT NULL,
  revision  INTEGER NOT NULL,
  body      TEXT   NOT NULL,
  at        INTEGER NOT NULL,
  by_name   TEXT   NOT NULL,
  PRIMARY KEY (name, revision)
);

-- Small facts that must survive a restart, such as the last Telegram update taken from polling.
CREATE TABLE setting (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
);

-- Who did what; never changed after it was written.
CREATE TABLE audit (
  id       INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  actor    TEXT   NOT NULL,
  action   TEXT   NOT NULL,
  subject  TEXT   NOT NULL,
  detail   TEXT   NOT NULL
);
