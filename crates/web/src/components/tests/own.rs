//! What our own parts promise beyond the published ones.

use jiff::civil::date;

use crate::components::*;

fn glossary() -> FirstUses {
    let pairs = [("DCS", "director of children's services"), ("LADO", "local authority designated officer")];
    FirstUses::new(std::sync::Arc::new(Glossary::new(pairs)))
}

#[test]
fn an_abbreviation_is_written_out_the_first_time_on_a_page_only() {
    let page = glossary();
    let first = page.expand("The DCS & the LADO met").to_string();
    assert_eq!(
        first,
        "The director of children&#39;s services (<abbr>DCS</abbr>) &#38; the local authority designated officer (<abbr>LADO</abbr>) met"
    );
    let again = page.expand("Two DCSs").to_string();
    assert_eq!(again, "Two <abbr title=\"director of children&#39;s services\">DCSs</abbr>");
}

#[test]
fn letters_inside_a_longer_word_are_not_an_abbreviation() {
    assert_eq!(glossary().expand("DCSX and xDCS").to_string(), "DCSX and xDCS");
}

#[test]
fn words_from_a_document_are_escaped_inside_and_outside_marks() {
    let mark = Mark {
        span: 4..11,
        kind: MarkKind::Suggested,
        label: "Duty <1>".to_owned(),
        id: "source-1".to_owned(),
        href: None,
    };
    let shown = MarkedText::new("<p> <b>must & should", vec![mark]).to_string();
    assert!(shown.contains("&#60;p&#62; "));
    assert!(shown.contains("Duty &#60;1&#62;"));
    assert!(shown.contains(">&#60;b&#62;must</mark> &#38; should"));
}

#[test]
fn marks_that_overlap_or_end_inside_a_letter_lose_no_words() {
    let text = "the plan – and the board";
    let mark = |span: std::ops::Range<usize>, id: &str| Mark {
        span,
        kind: MarkKind::Confirmed,
        label: id.to_owned(),
        id: id.to_owned(),
        href: Some(format!("#{id}")),
    };
    let shown =
        MarkedText::new(text, vec![mark(4..11, "a"), mark(6..20, "b"), mark(90..99, "c")]).to_string();
    let mut words = String::new();
    let mut in_tag = false;
    for letter in shown.chars() {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => words.push(letter),
            _ => {}
        }
    }
    assert_eq!(words, "the aplan b– and the board");
}

#[test]
fn a_month_shows_each_entry_on_its_day_with_its_state_in_words() {
    let entry = DayEntry::new(date(2026, 6, 5), "Progress report", "late by 6 days").link("/duties/1");
    let month = CalendarMonth::new(date(2026, 6, 30), date(2026, 6, 11), [entry]).to_string();
    assert!(month.contains("June 2026"));
    assert_eq!(month.matches("headway-calendar__date").count(), 30);
    assert!(month.contains("Progress report"));
    assert!(month.contains("late by 6 days"));
    assert!(month.contains("11 June 2026</span> <span class=\"headway-calendar__as-at\">as at"));
}

#[test]
fn long_lists_show_the_first_the_last_and_the_neighbours() {
    let pages = Pagination::numbered(6, 12, |page| format!("?page={page}")).to_string();
    let shown: Vec<_> = (1..=12).filter(|page| pages.contains(&format!("\"Page {page}\""))).collect();
    assert_eq!(shown, [1, 5, 6, 7, 12]);
    assert_eq!(pages.matches("&ctdot;").count(), 2);
}

#[test]
fn the_error_summary_leads_to_each_field_and_the_field_says_the_same() {
    let mut problems = Problems::default();
    problems.add("due_on-day", "Enter the date the plan is due");
    let summary = problems.summary().unwrap().to_string();
    assert!(summary.contains("<a href=\"#due_on-day\">Enter the date the plan is due</a>"));
    let question = DateInput::new("due_on", "When is it due?").problem_in(&problems).to_string();
    assert!(question.contains("id=\"due_on-day\""));
    assert!(question.contains("id=\"due_on-error\""));
    assert!(Problems::default().summary().is_none());
}

#[test]
fn a_part_inside_a_part_is_escaped_once_and_words_always() {
    let list = SummaryList::new().row("State <1>", Tag::new("met & verified")).to_string();
    assert!(list.contains("State &#60;1&#62;"));
    assert!(list.contains("<strong class=\"govuk-tag\">met &#38; verified</strong>"));
}

#[test]
fn stacked_rows_repeat_their_heading_for_the_eye_only() {
    let table = Table::new("Duties")
        .headings([Heading::new("Duty"), Heading::numeric("Days")])
        .row([Cell::new("Plan"), Cell::numeric(6)])
        .first_cell_is_heading()
        .stacks()
        .to_string();
    assert!(table.contains("<span class=\"headway-table__heading\" aria-hidden=\"true\">Days</span>6"));
}
