-- The improvement plan: objectives for children, the actions under them, risks and issues.

CREATE TABLE objective (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX objective_council ON objective (council, position);

CREATE TABLE plan_action (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX plan_action_council ON plan_action (council, position);

CREATE TABLE risk (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  episode TEXT NOT NULL REFERENCES episode (id),
  position BIGINT NOT NULL,
  version BIGINT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX risk_council ON risk (council, position);
