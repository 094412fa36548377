//! Which sentences of a document are settled: each must end as a duty, context, a lead-in or noise.

use improvement::reading::{DocumentKind, Passage, PassageKind};
use improvement::register::{Instrument, Obligation, ObligationState};

/// The passages that nobody has settled: read as carrying a duty, but with no live row, recommendation or finding over
/// them.
pub fn unsettled<'a>(
    instrument: &'a Instrument,
    rows: &'a [Obligation],
    decided: &'a [usize],
) -> impl Iterator<Item = &'a Passage> {
    instrument.passages.iter().filter(move |passage| {
        passage.kind == PassageKind::Duty
            && !decided.contains(&passage.span[0])
            && !covered(instrument, rows, passage)
    })
}

fn covered(instrument: &Instrument, rows: &[Obligation], passage: &Passage) -> bool {
    let touches = |span: [usize; 2]| span[0] < passage.span[1] && passage.span[0] < span[1];
    let row = rows.iter().any(|row| row.state != ObligationState::Suggested && touches(row.span));
    // A report's recommendations become duties only where a notice incorporates them; findings never do.
    let read_elsewhere = instrument.document.kind != DocumentKind::ImprovementNotice
        && instrument.document.kind != DocumentKind::Direction;
    row || read_elsewhere
}
