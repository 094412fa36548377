//! The words of the document around a row: the row's own words with what each of them gave, the rows beside it, and the
//! sentences that nobody has settled.

use improvement::register::{Instrument, Obligation, ObligationState};
use serde::Serialize;
use service::Programme;
use utoipa::ToSchema;

use super::uncovered;
use super::wording::{cue_label, line_at};
use crate::components::{Mark, MarkKind, MarkedText};

/// Lines shown before and after the row's words.
const AROUND: usize = 10;
/// Bytes shown before and after at most: some documents are a few very long lines.
const AROUND_BYTES: usize = 2_500;

/// Which lines of the document are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceView {
    /// The first line shown, from 1.
    pub first_line: usize,
    /// The last line shown.
    pub last_line: usize,
    /// The lines of the document.
    pub lines: usize,
    /// Whether it is the whole document.
    pub whole: bool,
}

/// The text shown, with its marks.
pub struct Source {
    /// Which lines.
    pub view: SourceView,
    /// The words.
    pub text: MarkedText,
}

/// The words around a row, or the whole document.
pub fn source(
    programme: &Programme,
    instrument: &Instrument,
    row: Option<&Obligation>,
    whole: bool,
    address: impl Fn(&Obligation) -> String,
) -> Source {
    let text: &str = programme.texts.get(&instrument.id).map(AsRef::as_ref).unwrap_or_default();
    let shown = match row {
        Some(row) if !whole => around(text, row.span),
        _ => [0, text.len()],
    };
    let mut marks = row.map(marks_of_row).unwrap_or_default();
    for other in programme.obligations_of(instrument.id) {
        if Some(other.id) != row.map(|row| row.id) && !touches_any(&marks, other.span) && is_live(other) {
            marks.push(Mark {
                span: other.span[0]..other.span[1],
                kind: kind_of(other),
                label: other.reference.clone(),
                id: format!("row-{}", other.id),
                href: Some(address(other)),
            });
        }
    }
    for passage in uncovered::bare(programme, instrument) {
        if !touches_any(&marks, passage.span) {
            marks.push(Mark {
                span: passage.span[0]..passage.span[1],
                kind: MarkKind::Unread,
                label: "Not settled".to_owned(),
                id: format!("sentence-{}", passage.span[0]),
                href: Some(format!("/notices/{}/uncovered?at={}", instrument.id, passage.span[0])),
            });
        }
    }
    let extract = text.get(shown[0]..shown[1]).unwrap_or_default();
    let view = SourceView {
        first_line: line_at(text, shown[0]),
        last_line: line_at(text, shown[1].saturating_sub(1)),
        lines: line_at(text, text.trim_end().len()),
        whole: shown == [0, text.len()],
    };
    Source { view, text: MarkedText::new(extract, within(marks, shown)) }
}

fn is_live(row: &Obligation) -> bool {
    row.state == ObligationState::Suggested || row.state.counts()
}

fn kind_of(row: &Obligation) -> MarkKind {
    if row.state == ObligationState::Suggested { MarkKind::Suggested } else { MarkKind::Confirmed }
}

fn touches_any(marks: &[Mark], span: [usize; 2]) -> bool {
    marks.iter().any(|mark| mark.span.start < span[1] && span[0] < mark.span.end)
}

/// Marks moved to where they stand in the extract; those outside it are left out.
fn within(marks: Vec<Mark>, shown: [usize; 2]) -> Vec<Mark> {
    let inside = marks.into_iter().filter(|mark| mark.span.end > shown[0] && mark.span.start < shown[1]);
    let moved = inside.map(|mark| {
        let span = mark.span.start.max(shown[0]) - shown[0]..mark.span.end.min(shown[1]) - shown[0];
        Mark { span, ..mark }
    });
    moved.collect()
}

/// The row's words, each cue labelled with the field it gave, the words between them with the row's reference. Words that
/// only gave the theme are not marked: they would hide those that gave the duty.
fn marks_of_row(row: &Obligation) -> Vec<Mark> {
    let mut cues: Vec<([usize; 2], String)> = Vec::new();
    let mut read: Vec<_> =
        row.cues.iter().filter(|cue| cue.span[0] < cue.span[1] && cue.field != "theme").collect();
    read.sort_by_key(|cue| (cue.span[0], std::cmp::Reverse(cue.span[1])));
    for cue in read {
        let label = cue_label(&cue.field);
        match cues.last_mut().filter(|(span, _)| cue.span[0] < span[1]) {
            Some((span, labels)) => {
                span[1] = span[1].max(cue.span[1]);
                if !labels.contains(label) {
                    *labels = format!("{labels}, {}", label.to_lowercase());
                }
            }
            None => cues.push((cue.span, label.to_owned())),
        }
    }
    let mut pieces = Vec::new();
    let mut at = row.span[0];
    let mut label = format!("Row {}", row.reference);
    for (span, _) in cues.iter().filter(|(span, _)| span[1] > row.span[0] && span[0] < row.span[1]) {
        if at < span[0] {
            pieces.push(([at, span[0]], std::mem::take(&mut label)));
        }
        at = at.max(span[1]);
    }
    if at < row.span[1] {
        pieces.push(([at, row.span[1]], label));
    }
    pieces.extend(cues);
    pieces.sort_by_key(|(span, _)| *span);
    let marks = pieces.into_iter().enumerate().map(|(number, (span, label))| Mark {
        span: span[0]..span[1],
        kind: kind_of(row),
        label,
        id: if number == 0 { "here".to_owned() } else { format!("here-{number}") },
        href: None,
    });
    marks.collect()
}

/// The lines around a span, cut at line ends where lines are short and between words where they are not.
fn around(text: &str, span: [usize; 2]) -> [usize; 2] {
    let (start, end) = (span[0].min(text.len()), span[1].min(text.len()));
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let first = before.rmatch_indices('\n').nth(AROUND).map_or(0, |(at, _)| at + 1);
    let last = after.match_indices('\n').nth(AROUND).map_or(text.len(), |(at, _)| end + at + 1);
    let first = first.max(blank_before(text, start.saturating_sub(AROUND_BYTES)));
    let last = last.min(blank_before(text, (end + AROUND_BYTES).min(text.len())).max(end));
    [first, last]
}

/// The nearest place at or before an offset where words can be cut.
fn blank_before(text: &str, mut offset: usize) -> usize {
    if offset >= text.len() {
        return text.len();
    }
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    text[..offset].rfind(char::is_whitespace).map_or(0, |at| at + 1).min(offset)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{NOTICE, Sample};
    use super::*;

    #[tokio::test]
    async fn the_rows_words_are_marked_with_what_each_of_them_gave() {
        let sample = Sample::notice_read().await;
        let programme = sample.programme().await;
        let row = sample.row("2").await;
        let shown = source(&programme, &programme.instruments[0], Some(&row), false, |other| {
            format!("?row={}", other.id)
        });
        let markup = shown.text.to_string();
        for label in [">Who<", ">How strongly<", ">When<", "id=\"here\""] {
            assert!(markup.contains(label), "{label} in {markup}");
        }
        assert!(shown.view.lines >= 20 && !markup.contains("<mark class=\"headway-mark \""));
    }

    #[test]
    fn an_extract_is_cut_between_words_however_long_its_lines_are() {
        let text = "wörd ".repeat(5_000);
        let shown = around(&text, [12_000, 12_010]);
        assert!(text.get(shown[0]..shown[1]).is_some_and(|extract| extract.len() < 6_000));
        assert_eq!(around(NOTICE, [0, 4])[0], 0);
    }
}
