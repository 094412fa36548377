//! Whatever the text, the reader does not fail and leaves nothing of it uncovered.

use proptest::prelude::*;

use crate::reading::{DocumentKind, Reading, notice};

fn check(text: &str) -> Reading {
    let reading = notice::read(text, DocumentKind::Unknown);
    let mut at = 0;
    let mut line = 1;
    for passage in &reading.passages {
        let [from, to] = passage.span;
        assert!(from >= at && to > from && to <= text.len(), "passages stand in order");
        assert!(text.is_char_boundary(from) && text.is_char_boundary(to), "passages end between letters");
        assert!(
            text[at..from].trim().is_empty(),
            "nothing but white space lies between passages: {:?}",
            &text[at..from]
        );
        line += text[at..from].matches('\n').count();
        assert_eq!(passage.line, line, "a passage knows its line");
        line += text[from..to].matches('\n').count();
        at = to;
    }
    assert!(text[at..].trim().is_empty(), "nothing is left at the end: {:?}", &text[at..]);
    for row in &reading.obligations {
        let spans = row.cues.iter().map(|cue| cue.span).chain([row.span]);
        for [from, to] in spans {
            assert!(from <= to && text.get(from..to).is_some(), "spans lie in the text");
        }
        assert_eq!(row.line, 1 + text[..row.span[0]].matches('\n').count());
        assert!((0.0..=1.0).contains(&row.confidence) && !row.text.is_empty());
    }
    for question in &reading.questions {
        assert!(text.get(question.span[0]..question.span[1]).is_some(), "questions point into the text");
    }
    reading
}

const SCRAPS: [&str; 48] = [
    "The council must ",
    "prepare ",
    "and implement ",
    "a plan",
    ".",
    ". ",
    "\n",
    "\n\n",
    "\u{c}",
    "- ",
    "(i) ",
    "3. ",
    "a. ",
    "\u{2022} ",
    ":",
    ": ",
    ", ",
    "which should ",
    "be agreed by ",
    "the Board ",
    "(\u{201c}the Board\u{201d}) ",
    "every 4 weeks ",
    "within 6 weeks ",
    "of ",
    "receipt ",
    "by 31 March 2022 ",
    "27 July ",
    "Ensure that ",
    "are held ",
    "until ",
    "the Secretary of State is satisfied ",
    "if ",
    "should ",
    "may ",
    "<sup>1</sup>",
    "$<sup>^{2}$",
    "\u{b9} ",
    "http://x ",
    "**",
    "# ",
    "Signed: ",
    "Date: 11/8/16 ",
    "To: NAME",
    "ADDRESS",
    "council\u{2019}s ",
    "after six, twelve and ",
    "months ",
    "\u{e9}\u{1f600}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read_and_covered(text in "\\PC{0,400}") {
        check(&text);
    }

    #[test]
    fn any_heap_of_scraps_is_read_and_covered(picks in prop::collection::vec(0..SCRAPS.len(), 0..120)) {
        let text: String = picks.into_iter().map(|at| SCRAPS[at]).collect();
        check(&text);
    }
}

#[test]
fn a_text_beyond_the_limit_is_read_in_part_and_says_so() {
    let text = format!("The council must prepare a plan.\n{}The rest.", " ".repeat(2 * 1024 * 1024));
    let reading = check(&text);
    assert!(reading.questions.iter().any(|question| question.text.contains("longer than")));
}

#[test]
fn hostile_heaps_of_one_mark_are_read_in_passing() {
    for scrap in [
        "(",
        "(\"",
        "<",
        "$\\",
        "a. ",
        "- ",
        "* ",
        "and ",
        ",",
        "1 ",
        "until ",
        "every ",
        "[x",
        "after one, ",
        "\n",
        "\u{c}",
        "(a) ",
        "the board, and ",
    ] {
        check(&scrap.repeat(5_000));
    }
}
