-- Snapshots of extracts, the council's own limits, and the children that the extracts speak of.

CREATE TABLE snapshot (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX snapshot_council ON snapshot (council, position);

CREATE TABLE council_limit (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL REFERENCES council (id),
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX council_limit_council ON council_limit (council, position);

-- Which random id stands for which identifier of the council's own system. The identifier is sealed; it is found by a
-- keyed hash.
CREATE TABLE child_identity (
  council TEXT NOT NULL REFERENCES council (id),
  lookup TEXT NOT NULL,
  child TEXT NOT NULL UNIQUE,
  sealed BLOB NOT NULL,
  recorded_at TEXT NOT NULL,
  PRIMARY KEY (council, lookup)
) STRICT;

-- Who read which child's record: one row a child, written before the response leaves.
CREATE TABLE child_read (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  role_grant TEXT NOT NULL,
  council TEXT NOT NULL,
  child TEXT NOT NULL,
  classes TEXT NOT NULL,
  purpose TEXT NOT NULL,
  route TEXT NOT NULL,
  request_id TEXT NOT NULL
) STRICT;
CREATE INDEX child_read_person ON child_read (council, person, at);
CREATE INDEX child_read_child ON child_read (council, child, at);
