-- Whether a grant opens sealed records of children (class C5), for its time.
ALTER TABLE role_grant ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;

-- The privacy officer reads the log of children's reads by time; it grows fastest of all.
CREATE INDEX child_read_time ON child_read (council, at);
