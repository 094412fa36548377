//! Each part against the cases published with govuk-frontend 6.6.0: same options in, same markup out.
//!
//! A case that uses an option our part does not offer is left out and counted; both numbers may only improve.

mod cases;
mod choice_cases;
mod markup;
mod options;
mod own;

use std::collections::BTreeMap;

use options::{Options, Unknown};

/// Makes a part from the options of a case.
type Maker = fn(&mut Options) -> Option<String>;

fn published(component: &str) -> Vec<serde_json::Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/components/fixtures");
    let text = std::fs::read_to_string(format!("{folder}/{component}.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

struct Tally {
    all: usize,
    same: usize,
    left_out: BTreeMap<String, usize>,
    different: Vec<String>,
}

fn compare(component: &str, make: Maker) -> Tally {
    let mut tally = Tally { all: 0, same: 0, left_out: BTreeMap::new(), different: Vec::new() };
    for case in published(component) {
        tally.all += 1;
        let unknown = Unknown::default();
        let made = make(&mut Options::new(&case["options"], &unknown));
        let reasons = unknown.borrow().join(", ");
        match made {
            Some(markup) if reasons.is_empty() => {
                let ours = markup::normalised(&markup);
                let theirs = markup::normalised(case["html"].as_str().unwrap());
                if ours == theirs {
                    tally.same += 1;
                } else {
                    tally
                        .different
                        .push(format!("{component}: {}\nours   {ours}\ntheirs {theirs}", case["name"]));
                }
            }
            _ => *tally.left_out.entry(reasons).or_default() += 1,
        }
    }
    tally
}

#[test]
fn every_part_prints_the_published_markup_for_the_options_it_offers() {
    let mut different = Vec::new();
    let (mut all, mut same) = (0, 0);
    for (component, make, expected) in cases::ALL {
        let tally = compare(component, *make);
        println!(
            "{component}: {} of {} cases the same; left out: {:?}",
            tally.same, tally.all, tally.left_out
        );
        all += tally.all;
        same += tally.same;
        if tally.same != *expected {
            different.push(format!("{component}: expected {expected} cases the same, found {}", tally.same));
        }
        different.extend(tally.different);
    }
    println!("{same} of {all} published cases are printed the same");
    assert!(different.is_empty(), "{}", different.join("\n\n"));
}
