//! Every real document, read by the program in its limited process as often as a busy day would.

use std::fs;

use super::{read, shared};

/// A document that cannot be read one time in twenty is a document somebody is told is broken.
const TIMES: usize = 8;

#[test]
fn every_seed_and_sample_is_read_every_time() {
    let (Some(seeds), Some(samples)) = (shared("seeds"), shared("samples")) else { return };
    let mut documents: Vec<_> = [seeds, samples]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("the folder opens"))
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "txt" || kind == "pdf"))
        .filter(|path| !path.to_string_lossy().contains("broken"))
        .collect();
    documents.sort();
    assert_eq!(documents.len(), 10, "five seeds and five sound reports: {documents:?}");
    for document in &documents {
        let first = read(document, "json");
        for time in 1..=TIMES {
            let output = read(document, "json");
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{} the {time}th time: {complaint}", document.display());
            assert_eq!(output.stdout, first.stdout, "{} read twice gives two answers", document.display());
        }
    }
}
