//! A worker's end, read into words.

use std::time::Duration;

use super::refusal::of_death;

use super::{Limits, ReadRefusal, Worker, answer, receive};

#[test]
fn an_answer_arrives_with_its_clauses_and_passages() {
    let text = "Northmoor Council must report to the board every month.\n";
    let document = receive(&answer(text.as_bytes())).expect("an answer").expect("a reading");
    assert_eq!(document.text, text);
    let direct = improvement::reading::read(text);
    assert_eq!(document.reading, direct);
}

#[test]
fn half_an_answer_is_no_answer() {
    let whole = answer(b"Some words.");
    assert_eq!(receive(&whole[..whole.len() / 2]), None);
    assert_eq!(receive(b""), None);
}

#[test]
fn each_way_to_die_has_its_refusal() {
    assert_eq!(of_death(Some(24), None, b""), ReadRefusal::TookTooLong { seconds: 10 });
    assert_eq!(of_death(Some(6), None, b"memory allocation of 9 bytes failed\n"), ReadRefusal::TooMuchMemory);
    assert_eq!(of_death(Some(11), None, b""), ReadRefusal::Died { how: "signal 11".into() });
    let stopped = of_death(None, Some(70), b"stopped at src/x.rs:3\n");
    assert_eq!(stopped, ReadRefusal::Died { how: "exit 70, src/x.rs:3".into() });
    assert!(!stopped.for_people().what_to_do.contains("src/x.rs"));
}

/// A worker made of another program, to see how the parent bears what no document makes ours do.
fn played_by(program: &str, argument: &str) -> Worker {
    let limits = Limits { wall_clock: Duration::from_millis(300), answer: 10_000 };
    Worker { program: program.into(), argument: argument.to_owned(), limits }
}

#[test]
fn a_worker_that_hangs_is_stopped() {
    let refusal = played_by("/bin/sleep", "60").read(&[b'x'; 200_000]).expect_err("a refusal");
    assert_eq!(refusal, ReadRefusal::TookTooLong { seconds: 0 });
}

#[test]
fn a_worker_that_never_stops_talking_is_stopped() {
    let refusal = played_by("/usr/bin/yes", "words").read(b"x").expect_err("a refusal");
    assert_eq!(refusal, ReadRefusal::AnswerTooLong);
}

#[test]
fn a_worker_without_an_answer_and_one_that_is_not_there_are_refusals() {
    let refusal = played_by("/bin/false", "").read(b"x").expect_err("a refusal");
    assert_eq!(refusal, ReadRefusal::Died { how: "exit 1, no place named".into() });
    let refusal = played_by("/nowhere/headway", "").read(b"x").expect_err("a refusal");
    assert!(matches!(refusal, ReadRefusal::NotStarted { .. }), "{refusal:?}");
}
