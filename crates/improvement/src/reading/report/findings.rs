//! The findings of a report, sentence by sentence.
//!
//! Left out are the parts that find nothing: what the grades mean, who inspected, figures about the area, the
//! inspectorate's closing words, and the summary written for children, which says everything again.

use super::blocks::{self, Block};
use super::headings::plain;
use super::joined;
use super::lines::Line;
use super::passages::Claim;
use crate::reading::letter::wording;
use crate::reading::{PassageKind, ReadClause, ReadFinding};

/// Findings, with the claims they make on the text and the paragraphs they stand in.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// The sentences.
    pub findings: Vec<ReadFinding>,
    /// Their stretches, and those of headings.
    pub claims: Vec<Claim>,
    /// Numbered paragraphs.
    pub clauses: Vec<ReadClause>,
}

/// Reads `from..to`, leaving out the lines already read as recommendations.
pub(crate) fn read(lines: &[Line<'_>], from: usize, to: usize, taken: &[[usize; 2]]) -> Findings {
    let mut found = Findings::default();
    let mut heading: Option<String> = None;
    let mut silent = false;
    let mut start = from;
    let ends = taken.iter().map(|range| (range[0], range[1] + 1)).chain([(to, to)]);
    for (stop, next) in ends {
        if stop > start {
            for block in blocks::blocks(lines, start, stop) {
                if block.heading {
                    silent = says_nothing(&block.words.text).unwrap_or(silent);
                    heading = Some(block.words.text.clone());
                    found.claims.push(claim(&block, 0..block.words.text.len(), PassageKind::Chapeau, ""));
                } else if !silent {
                    paragraph(lines, &block, heading.as_deref(), &mut found);
                }
            }
        }
        start = start.max(next);
    }
    found
}

fn paragraph(lines: &[Line<'_>], block: &Block, heading: Option<&str>, found: &mut Findings) {
    let reference = block.label.trim_end_matches(['.', ')']).to_owned();
    let first = &lines[block.lines[0]];
    let last = &lines[block.lines[block.lines.len() - 1]];
    if !block.label.is_empty() {
        found.clauses.push(ReadClause {
            reference: reference.clone(),
            label: block.label.clone(),
            heading: heading.map(str::to_owned),
            span: [first.span[0], last.span[1]],
            line: first.number,
        });
    }
    for range in joined::sentences(&block.words.text) {
        let sentence = &block.words.text[range.clone()];
        let claim = claim(block, range.clone(), PassageKind::Duty, &reference);
        if sentence.split(' ').count() >= 4 && sentence.ends_with(['.', '!', '?', ')', ';', ':', '’', '”'])
        {
            found.findings.push(wording::finding(sentence, claim.span));
            found.claims.push(claim);
        } else {
            found.claims.push(Claim { kind: PassageKind::Context, ..claim });
        }
    }
}

fn claim(block: &Block, range: std::ops::Range<usize>, kind: PassageKind, clause: &str) -> Claim {
    Claim { span: block.words.source(range), kind, clause: clause.to_owned() }
}

/// Whether a heading opens a part without findings (`true`), one with them (`false`), or neither.
fn says_nothing(heading: &str) -> Option<bool> {
    const SILENT: [&str; 16] = [
        "information about",
        "summary for children",
        "what the inspection judg",
        "the inspection team",
        "contents",
        "children living in this area",
        "child protection in this area",
        "children looked after in this area",
        "previous ofsted inspections",
        "local leadership",
        "other ofsted inspections",
        "about this inspection",
        "what inspection judgements mean",
        "the inspection judgements and what they mean",
        "annex",
        "services for children in this area",
    ];
    const SPEAKING: [&str; 14] = [
        "executive summary",
        "summary of key findings",
        "the experiences and progress",
        "the experience and progress",
        "experiences and progress",
        "leadership",
        "the impact of leaders",
        "inspection findings",
        "key strengths",
        "the local authority has the following",
        "inspection judgements about",
        "overall effectiveness",
        "adoption",
        "the graded judgement",
    ];
    let heading = plain(heading);
    if SILENT.iter().any(|start| heading.starts_with(start)) {
        return Some(true);
    }
    SPEAKING.iter().any(|start| heading.starts_with(start)).then_some(false)
}
