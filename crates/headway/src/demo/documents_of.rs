//! The demonstration's documents with their dates filled in.

use jiff::ToSpan;
use vocabulary::date::day_in_words;

use super::days::Days;

const NOTICE: &str = include_str!("../../../../library/demonstration/notice.txt");
const REVISED: &str = include_str!("../../../../library/demonstration/revised-notice.txt");
const REPORT: &str = include_str!("../../../../library/demonstration/inspection-report.txt");

/// The improvement notice.
pub fn notice(days: &Days) -> String {
    filled(NOTICE, days)
}

/// The notice as revised after the review.
pub fn revised_notice(days: &Days) -> String {
    filled(REVISED, days)
}

/// The inspection report.
pub fn report(days: &Days) -> String {
    filled(REPORT, days)
}

fn filled(text: &str, days: &Days) -> String {
    let inspected = days.report_published.saturating_sub(10.weeks());
    let inspection =
        format!("{} to {}", day_in_words(inspected), day_in_words(inspected.saturating_add(11.days())));
    text.replace("{issued}", &day_in_words(days.issued))
        .replace("{revised}", &day_in_words(days.revised))
        .replace("{report_published}", &day_in_words(days.report_published))
        .replace("{inspection_dates}", &inspection)
        .replace("{vision_by}", &days.month_after_issue(3))
        .replace("{targets_by}", &days.month_after_issue(12))
}
