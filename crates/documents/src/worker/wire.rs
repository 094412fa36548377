//! What a worker and its parent say to each other: bytes of a file one way, one JSON object the other.

use improvement::reading::{Passage, ReadClause, Reading};
use serde::{Deserialize, Serialize};

use super::ReadDocument;
use crate::input::{self, DocumentRefusal, ExtractedText};

/// A worker's answer. Clauses and passages travel beside the reading, whose own form is the public contract.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Read { extracted: ExtractedText, reading: Box<Reading>, clauses: Vec<ReadClause>, passages: Vec<Passage> },
    Refused(DocumentRefusal),
}

/// Reads a file's bytes and gives the answer to write: the work a worker does.
pub fn answer(bytes: &[u8]) -> Vec<u8> {
    let answer = match input::extract(bytes) {
        Ok(extracted) => {
            let mut reading = Box::new(improvement::reading::read(&extracted.text));
            let clauses = std::mem::take(&mut reading.clauses);
            let passages = std::mem::take(&mut reading.passages);
            Answer::Read { extracted, reading, clauses, passages }
        }
        Err(refusal) => Answer::Refused(refusal),
    };
    serde_json::to_vec(&answer).expect("an answer has text keys only, so it has a JSON form")
}

/// Understands an answer; nothing when it is broken off or no answer at all.
pub fn receive(answer: &[u8]) -> Option<Result<ReadDocument, DocumentRefusal>> {
    match serde_json::from_slice(answer).ok()? {
        Answer::Refused(refusal) => Some(Err(refusal)),
        Answer::Read { extracted, reading, clauses, passages } => {
            let reading = Reading { clauses, passages, ..*reading };
            let ExtractedText { kind, text, pages, warnings } = extracted;
            Some(Ok(ReadDocument { kind, text, pages, warnings, reading }))
        }
    }
}
