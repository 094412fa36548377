-- The first schema: councils and people, the programme's things, the log.

CREATE TABLE council (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  post TEXT NOT NULL,
  password_hash TEXT,
  totp_secret BYTEA,
  totp_last_step BIGINT NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
  expires_on DATE,
  invitation_hash TEXT,
  invitation_until TIMESTAMPTZ,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE role_grant (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id),
  council TEXT NOT NULL REFERENCES council (id),
  role TEXT NOT NULL,
  from_day DATE NOT NULL,
  to_day DATE,
  sponsor TEXT NOT NULL,
  purpose TEXT NOT NULL,
  granted_by TEXT REFERENCES person (id),
  approved_by TEXT REFERENCES person (id),
  revoked_at TIMESTAMPTZ,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX role_grant_person ON role_grant (person);
CREATE INDEX role_grant_council ON role_grant (council);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL REFERENCES person (id),
  role_grant TEXT REFERENCES role_grant (id),
  confirmed BOOLEAN NOT NULL,
  csrf TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  seen_at TIMESTAMPTZ NOT NULL,
  stepped_up_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ
);
CREATE INDEX session_person ON session (person);

CREATE TABLE sign_in_attempt (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_hash TEXT NOT NULL,
  source TEXT NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  succeeded BOOLEAN NOT NULL
);
CREATE INDEX sign_in_attempt_account ON sign_in_attempt (account_hash, at);
CREATE INDEX sign_in_attempt_source ON sign_in_attempt (source, at);

CREATE TABLE feed (
  id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  council TEXT NOT NULL REFERENCES council (id),
  person TEXT NOT NULL REFERENCES person (id),
  bearer TEXT,
  title TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  revoked_at TIMESTAMPTZ
);

CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  council TEXT NOT NULL REFERENCES council (id),
  person TEXT NOT NULL REFERENCES person (id),
  purpose TEXT NOT NULL,
  title TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  expires_on DATE NOT NULL,
  used_at TIMESTAMPTZ,
  revoked_at TIMESTAMPTZ
);

CREATE TABLE instrument_text (
  instrument TEXT PRIMARY KEY,
  text TEXT NOT NULL
);

CREATE TABLE receipt (
  person TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  act_kind TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  outcome TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (person, idempotency_key)
);

CREATE TABLE log_entry (
  seq BIGINT PRIMARY KEY,
  act TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  council TEXT,
  person TEXT,
  role TEXT NOT NULL,
  thing TEXT NOT NULL,
  thing_id TEXT NOT NULL,
  summary TEXT NOT NULL,
  detail TEXT NOT NULL,
  salt BYTEA NOT NULL,
  happened_at TIMESTAMPTZ NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX log_entry_thing ON log_entry (thing, thing_id);
CREATE INDEX log_entry_council ON log_entry (council, seq);

CREATE TABLE log_hash (
  position BIGINT PRIMARY KEY,
  hash BYTEA NOT NULL
);

CREATE TABLE log_checkpoint (
  size BIGINT PRIMARY KEY,
  note TEXT NOT NULL,
  signed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE log_head (
  "only" BIGINT PRIMARY KEY CHECK ("only" = 1),
  size BIGINT NOT NULL
);
INSERT INTO log_head ("only", size) VALUES (1, 0);

CREATE TABLE access_entry (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL,
  person TEXT,
  role TEXT NOT NULL,
  council TEXT,
  what TEXT NOT NULL,
  route TEXT NOT NULL,
  thing TEXT NOT NULL,
  source TEXT NOT NULL,
  request_id TEXT NOT NULL
);
CREATE INDEX access_entry_council ON access_entry (council, at);
CREATE INDEX access_entry_person ON access_entry (person, at);

CREATE TABLE episode (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX episode_council ON episode (council, position);

CREATE TABLE instrument (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX instrument_council ON instrument (council, position);

CREATE TABLE instrument_link (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX instrument_link_council ON instrument_link (council, position);

CREATE TABLE obligation (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX obligation_council ON obligation (council, position);

CREATE TABLE anchor (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX anchor_council ON anchor (council, position);

CREATE TABLE open_question (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX open_question_council ON open_question (council, position);

CREATE TABLE passage_decision (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX passage_decision_council ON passage_decision (council, position);

CREATE TABLE variation (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX variation_council ON variation (council, position);

CREATE TABLE interval_setting (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX interval_setting_council ON interval_setting (council, position);

CREATE TABLE occurrence_mark (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX occurrence_mark_council ON occurrence_mark (council, position);

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX event_council ON event (council, position);

CREATE TABLE partner (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX partner_council ON partner (council, position);

CREATE TABLE escalation (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX escalation_council ON escalation (council, position);
