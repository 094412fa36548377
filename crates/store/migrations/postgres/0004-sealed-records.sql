-- Whether a grant opens sealed records of children (class C5), for its time.
ALTER TABLE role_grant ADD COLUMN sealed BOOLEAN NOT NULL DEFAULT FALSE;
