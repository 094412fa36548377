-- The first schema: councils and people, the programme's things, the log.

CREATE TABLE council (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  post TEXT NOT NULL,
  password_hash TEXT,
  totp_secret BLOB,
  totp_last_step INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
  expires_on TEXT,
  invitation_hash TEXT,
  invitation_until TEXT,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;

CREATE TABLE role_grant (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  council TEXT NOT NULL REFERENCES council (id),
  role TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT,
  sponsor TEXT NOT NULL,
  purpose TEXT NOT NULL,
  granted_by TEXT REFERENCES person (id),
  approved_by TEXT REFERENCES person (id),
  revoked_at TEXT,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX role_grant_person ON role_grant (person);
CREATE INDEX role_grant_council ON role_grant (council);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL REFERENCES person (id),
  role_grant TEXT REFERENCES role_grant (id),
  confirmed INTEGER NOT NULL,
  csrf TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  stepped_up_at TEXT,
  ended_at TEXT
) STRICT;
CREATE INDEX session_person ON session (person);

CREATE TABLE sign_in_attempt (
  id INTEGER PRIMARY KEY,
  account_hash TEXT NOT NULL,
  source TEXT NOT NULL,
  at TEXT NOT NULL,
  succeeded INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_attempt_account ON sign_in_attempt (account_hash, at);
CREATE INDEX sign_in_attempt_source ON sign_in_attempt (source, at);

CREATE TABLE feed (
  id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  council TEXT NOT NULL REFERENCES council (id),
  person TEXT NOT NULL REFERENCES person (id),
  bearer TEXT,
  title TEXT NOT NULL,
  created_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;

CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  council TEXT NOT NULL REFERENCES council (id),
  person TEXT NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL,
  title TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  used_at TEXT,
  revoked_at TEXT
) STRICT;

CREATE TABLE instrument_text (
  instrument TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

CREATE TABLE receipt (
  person TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  act_kind TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  outcome TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  PRIMARY KEY (person, idempotency_key)
) STRICT;

CREATE TABLE log_entry (
  seq INTEGER PRIMARY KEY,
  act TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  council TEXT,
  person TEXT,
  role TEXT NOT NULL,
  thing TEXT NOT NULL,
  thing_id TEXT NOT NULL,
  summary TEXT NOT NULL,
  detail TEXT NOT NULL,
  salt BLOB NOT NULL,
  happened_at TEXT NOT NULL,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX log_entry_thing ON log_entry (thing, thing_id);
CREATE INDEX log_entry_council ON log_entry (council, seq);

CREATE TABLE log_hash (
  position INTEGER PRIMARY KEY,
  hash BLOB NOT NULL
) STRICT;

CREATE TABLE log_checkpoint (
  size INTEGER PRIMARY KEY,
  note TEXT NOT NULL,
  signed_at TEXT NOT NULL
) STRICT;

CREATE TABLE log_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  size INTEGER NOT NULL
) STRICT;
INSERT INTO log_head (only, size) VALUES (1, 0);

CREATE TABLE access_entry (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  person TEXT,
  role TEXT NOT NULL,
  council TEXT,
  what TEXT NOT NULL,
  route TEXT NOT NULL,
  thing TEXT NOT NULL,
  source TEXT NOT NULL,
  request_id TEXT NOT NULL
) STRICT;
CREATE INDEX access_entry_council ON access_entry (council, at);
CREATE INDEX access_entry_person ON access_entry (person, at);

CREATE TABLE episode (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX episode_council ON episode (council, position);

CREATE TABLE instrument (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX instrument_council ON instrument (council, position);

CREATE TABLE instrument_link (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX instrument_link_council ON instrument_link (council, position);

CREATE TABLE obligation (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX obligation_council ON obligation (council, position);

CREATE TABLE anchor (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX anchor_council ON anchor (council, position);

CREATE TABLE open_question (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX open_question_council ON open_question (council, position);

CREATE TABLE passage_decision (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX passage_decision_council ON passage_decision (council, position);

CREATE TABLE variation (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX variation_council ON variation (council, position);

CREATE TABLE interval_setting (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX interval_setting_council ON interval_setting (council, position);

CREATE TABLE occurrence_mark (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX occurrence_mark_council ON occurrence_mark (council, position);

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX event_council ON event (council, position);

CREATE TABLE partner (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX partner_council ON partner (council, position);

CREATE TABLE escalation (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX escalation_council ON escalation (council, position);
