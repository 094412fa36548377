#!/usr/bin/env node
// Verifies an exported Headway log without Headway: a second implementation, written from the format alone.
//
//   node tools/verify-log.mjs log.jsonl [--key VERIFIER_KEY] [--checkpoint NOTE_FILE]...
//
// The export is JSON lines: a header with the public key, every entry ("seq", "salt" in base64, "entry" as the exact
// text that was hashed), every checkpoint as a signed note, and a closing count. A leaf of the tree is
// SHA-256(0x00 || SHA-256(salt || entry)); inner nodes and the root follow RFC 6962. Give the key that you were given
// when Headway was set up, and checkpoints you kept (from a board pack, say): only they show that the whole log was
// exchanged or put back to an earlier state. Needs nothing but Node; exit 0 the log holds, 1 it does not, 2 wrong usage.

import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const ORIGIN = "headway.log/1";
const FORMAT = "headway-log-export/1";
const ENTRIES_BETWEEN = 1000;
const MICROSECONDS_BETWEEN = 5 * 60 * 1_000_000;

class Fault extends Error {}

const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const base64 = (text, length, what) => {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text || (length && bytes.length !== length)) throw new Fault(`${what} is damaged`);
  return bytes;
};

/** The roots of the complete subtrees of a growing tree, largest first, as [size, hash]. */
class Tree {
  size = 0;
  peaks = [];

  push(data) {
    let peak = [1, sha256(Buffer.from([0]), data)];
    while (this.peaks.length && this.peaks.at(-1)[0] === peak[0]) {
      const left = this.peaks.pop();
      peak = [left[0] + peak[0], sha256(Buffer.from([1]), left[1], peak[1])];
    }
    this.peaks.push(peak);
    this.size += 1;
  }

  root() {
    if (!this.peaks.length) return sha256("");
    return this.peaks.reduceRight((right, left) => [0, sha256(Buffer.from([1]), left[1], right[1])])[1];
  }
}

/** A verifier key: name, key id and Ed25519 public key. */
function readKey(text) {
  const parts = text.split("+");
  const [name, id] = parts;
  const blob = base64(parts.slice(2).join("+"), 33, "the verifier key");
  if (name !== ORIGIN || blob[0] !== 1) throw new Fault("the verifier key is of another kind");
  if (sha256(`${name}\n`, blob).subarray(0, 4).toString("hex") !== id) throw new Fault("the verifier key is damaged");
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), blob.subarray(1)]);
  return { id, key: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

/** A checkpoint whose signature holds. */
function readCheckpoint(note, key) {
  const pattern =
    /^(headway\.log\/1\n(\d+)\n([A-Za-z0-9+/=]+)\nsigned-at (\S+)\nprevious (\S+)\n)\n\u2014 headway\.log\/1 ([A-Za-z0-9+/=]+)\n$/u;
  const match = pattern.exec(note);
  if (!match) throw new Fault("a checkpoint is not in the form of one");
  const [, body, size, root, signedAt, previous, blob] = match;
  const bytes = base64(blob, 68, "a checkpoint's signature");
  const known = bytes.subarray(0, 4).toString("hex") === key.id;
  if (!known || !verifySignature(null, Buffer.from(body), key.key, bytes.subarray(4))) {
    throw new Fault(`the checkpoint at ${size} is not signed with this key`);
  }
  return { note, size: Number(size), root: base64(root, 32, "a root"), signedAt: microseconds(signedAt), previous };
}

/** Microseconds since 1970 of a moment with up to six fractional digits. */
function microseconds(text) {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?Z$/.exec(text);
  if (!match) throw new Fault("a checkpoint's time cannot be read");
  return Date.parse(`${match[1]}Z`) * 1000 + Number((match[2] ?? "").padEnd(6, "0"));
}

async function readExport(file) {
  const log = { header: null, entries: [], checkpoints: [], end: null };
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) {
    let value;
    try {
      value = JSON.parse(line);
    } catch {
      throw new Fault("a line of the export is not JSON");
    }
    if (log.end) throw new Fault("something stands after the end of the export");
    if (!log.header) {
      if (value.format !== FORMAT || value.origin !== ORIGIN) throw new Fault("this is no export of a Headway log");
      log.header = value;
    } else if ("seq" in value) {
      if (log.checkpoints.length) throw new Fault("an entry stands after the checkpoints");
      log.entries.push(checkedEntry(value, log.entries.length));
    } else if ("checkpoint" in value) {
      log.checkpoints.push(value.checkpoint);
    } else if ("end" in value) {
      log.end = value.end;
    } else {
      throw new Fault("a line of the export is of no known kind");
    }
  }
  if (!log.header || !log.end) throw new Fault("the export is cut off");
  const { entries, checkpoints } = log.end;
  if (entries !== log.entries.length || checkpoints !== log.checkpoints.length) {
    throw new Fault("the export does not hold what its end says");
  }
  return log;
}

function checkedEntry({ seq, salt, entry }, expected) {
  if (seq !== expected) throw new Fault(`entry ${expected} is missing`);
  const content = JSON.parse(entry);
  if (!Array.isArray(content) || content.length !== 12 || content[0] !== seq) {
    throw new Fault(`entry ${seq} is not in the form of one`);
  }
  const commitment = sha256(base64(salt, 32, `the salt of entry ${seq}`), entry);
  return { commitment, recordedAt: content[11] };
}

/** Every checkpoint against the tree, each naming the one before; then the tail, and what was kept outside. */
function check(log, key, kept) {
  const checkpoints = log.checkpoints.map((note) => readCheckpoint(note, key));
  const wanted = new Map();
  for (const checkpoint of [...checkpoints, ...kept]) {
    if (checkpoint.size > log.entries.length) throw new Fault(`entries before the checkpoint at ${checkpoint.size} are gone`);
    wanted.set(checkpoint.size, [...(wanted.get(checkpoint.size) ?? []), checkpoint]);
  }
  const tree = new Tree();
  for (let size = 0; size <= log.entries.length; size += 1) {
    for (const checkpoint of wanted.get(size) ?? []) {
      if (!tree.root().equals(checkpoint.root)) throw new Fault(`the log before the checkpoint at ${size} was changed`);
    }
    if (size < log.entries.length) tree.push(log.entries[size].commitment);
  }
  let before = "none";
  for (const checkpoint of checkpoints) {
    if (checkpoint.previous !== before) throw new Fault(`a checkpoint before the one at ${checkpoint.size} is missing`);
    before = sha256(checkpoint.note).toString("base64");
  }
  checkTail(log, checkpoints.at(-1));
  for (const { note, size } of kept) {
    if (!log.checkpoints.includes(note)) throw new Fault(`the kept checkpoint at ${size} is not among the exported ones`);
  }
}

function checkTail(log, newest) {
  log.entries.forEach(({ recordedAt }, seq) => {
    const size = seq + 1;
    if (newest && size <= newest.size) return;
    const due =
      !newest || size - newest.size >= ENTRIES_BETWEEN || recordedAt - newest.signedAt >= MICROSECONDS_BETWEEN;
    if (due) throw new Fault(`a checkpoint at or after entry ${size} is missing`);
  });
}

function usage() {
  console.error("usage: node verify-log.mjs EXPORT [--key VERIFIER_KEY] [--checkpoint NOTE_FILE]...");
  process.exit(2);
}

function readArguments(words) {
  const chosen = { file: null, key: null, kept: [] };
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place];
    if (word === "--key") chosen.key = words[(place += 1)] ?? usage();
    else if (word === "--checkpoint") chosen.kept.push(words[(place += 1)] ?? usage());
    else if (word.startsWith("--") || chosen.file) usage();
    else chosen.file = word;
  }
  return chosen.file ? chosen : usage();
}

const chosen = readArguments(process.argv.slice(2));
try {
  const log = await readExport(chosen.file);
  if (chosen.key && chosen.key !== log.header.verifier_key) throw new Fault("the export was signed with another key");
  const key = readKey(log.header.verifier_key);
  check(log, key, chosen.kept.map((file) => readCheckpoint(readFileSync(file, "utf8"), key)));
  console.log(`The log holds: ${log.entries.length} entries, ${log.checkpoints.length} checkpoints.`);
  if (!chosen.key) console.log(`It was signed with ${log.header.verifier_key}: compare that with the key you were given.`);
} catch (error) {
  if (!(error instanceof Fault) && !(error instanceof SyntaxError)) throw error;
  console.error(`The log does not hold: ${error.message}.`);
  process.exit(1);
}
