-- Answers that wait for WhatsApp's window, what messages cost, and what each channel last did.

-- An officer's answer that may not leave now: it leaves when the resident writes. Only ever 1 while delivery is pending.
ALTER TABLE message ADD COLUMN parked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_parked ON message (contact_id, id) WHERE parked = 1;
-- What the channel said the message costs ("regular", "free_customer_service" …), once said.
ALTER TABLE message ADD COLUMN pricing TEXT;
ALTER TABLE early_status ADD COLUMN pricing TEXT;

-- An emergency was read in a thread that people own: the desk shows it first.
ALTER TABLE conversation ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;

-- Messages of a channel the peer took, a month (in the city's zone): paid and free as the channel priced them afterwards.
CREATE TABLE channel_month (
  channel  TEXT    NOT NULL,
  month    TEXT    NOT NULL,
  sent     INTEGER NOT NULL,
  free     INTEGER NOT NULL,
  paid     INTEGER NOT NULL,
  PRIMARY KEY (channel, month)
);
