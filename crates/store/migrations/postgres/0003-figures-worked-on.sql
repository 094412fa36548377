-- What people say of measures and exceptions, trackers held against the extracts, the council's places; and the teams that
-- a grant is for.

CREATE TABLE measure_target (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX measure_target_council ON measure_target (council, position);

CREATE TABLE measure_comment (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX measure_comment_council ON measure_comment (council, position);

CREATE TABLE chart_rebase (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX chart_rebase_council ON chart_rebase (council, position);

CREATE TABLE exception_note (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX exception_note_council ON exception_note (council, position);

CREATE TABLE reconciliation (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX reconciliation_council ON reconciliation (council, position);

CREATE TABLE council_places (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX council_places_council ON council_places (council, position);

-- A list of names in JSON. The release before grants no role by teams, so the default is none.
ALTER TABLE role_grant ADD COLUMN teams TEXT NOT NULL DEFAULT '[]';
