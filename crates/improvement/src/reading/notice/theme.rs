//! The theme of a duty by the words of its field; the heading above helps where the duty's own words are few.

use std::sync::OnceLock;

use super::words::{Word, find_from_initials, initials};

/// Words, theme and weight. The heaviest theme wins; the earlier in the list at a draw.
const SIGNS: &[(&str, &str, u32)] = &[
    ("powers of intervention", "escalation", 12),
    ("statutory powers", "escalation", 10),
    ("unwilling or unable", "escalation", 8),
    ("areas of weakness", "scope", 6),
    ("areas for improvement", "scope", 7),
    ("areas for development", "plan", 5),
    ("legislative requirements", "scope", 6),
    ("sustain and build on", "scope", 6),
    ("improvement in outcomes", "scope", 5),
    ("every|each|all recommendation|recommendations", "plan", 7),
    ("improvement|action plan", "plan", 4),
    ("an improvement plan", "plan", 4),
    ("strategy|strategies", "plan", 5),
    ("strategic plan", "plan", 6),
    ("milestones", "plan", 2),
    ("objectives", "plan", 2),
    ("timescales", "plan", 2),
    ("revised timescales", "plan", 5),
    ("report to", "reporting", 7),
    ("report ..4 to the", "reporting", 4),
    ("reported to", "reporting", 7),
    ("report on", "reporting", 5),
    ("reports|reporting", "reporting", 5),
    ("report", "reporting", 4),
    ("made available to", "reporting", 4),
    ("information on progress", "reporting", 6),
    ("highlight", "reporting", 5),
    ("provide evidence to", "reporting", 5),
    ("review|reviews of progress", "review", 8),
    ("reviews|review", "review", 3),
    ("diagnostic", "review", 8),
    ("assessment of improvement", "review", 9),
    ("formal review", "review", 4),
    ("conducting it", "review", 8),
    ("quality assurance", "quality-assurance", 9),
    ("audit|audits|auditing", "quality-assurance", 7),
    ("oversight and challenge", "quality-assurance", 6),
    ("external|externally ?validation validated|validation", "quality-assurance", 7),
    ("peer review", "quality-assurance", 5),
    ("serious case reviews", "quality-assurance", 7),
    ("training|trained|mentoring|induction", "workforce", 5),
    ("workload|workloads|caseload|caseloads", "workforce", 8),
    ("recruiting|recruit|recruitment|retention|agency", "workforce", 7),
    ("supervision", "workforce", 5),
    ("views of staff", "workforce", 7),
    ("staff surveys", "workforce", 5),
    ("employers", "workforce", 7),
    ("staff", "workforce", 2),
    ("senior leadership", "workforce", 5),
    ("partners|partner|agencies", "partnership", 3),
    ("multi-agency", "partnership", 2),
    ("health partners", "partnership", 4),
    ("thresholds ..6 shared|understood", "partnership", 5),
    ("protocols", "partnership", 4),
    ("clinical commissioning group", "partnership", 6),
    ("performance indicators", "performance-data", 7),
    ("performance targets", "performance-data", 7),
    ("dataset|data", "performance-data", 6),
    ("performance information framework", "performance-data", 8),
    ("management information", "performance-data", 6),
    ("performance data", "performance-data", 3),
    ("targets", "performance-data", 4),
    ("re-referral", "performance-data", 6),
    ("number of|children|young", "performance-data", 3),
    ("views of|and|, ?the ?child ?children", "voice", 6),
    ("views", "voice", 3),
    ("feedback from", "voice", 6),
    ("children in care council", "voice", 7),
    ("consult", "voice", 5),
    ("improvement board", "governance", 1),
    ("board ..3 meet|membership|chair", "governance", 5),
    ("independent chair", "governance", 5),
    ("corporate parent", "governance", 8),
    ("elected members", "governance", 5),
    ("terms of reference", "governance", 6),
    ("assurance arrangements", "governance", 8),
    ("commissioner|adviser", "governance", 3),
    ("assessments|assessment", "practice-quality", 4),
    ("plans|placements|practice|risk|case", "practice-quality", 3),
];

/// A theme, its weight so far, the words of its heaviest sign and that sign's weight.
type Score = (&'static str, u32, Option<(usize, usize)>, u32);

/// The theme of the words under a heading, with the words that gave it.
pub fn of(words: &[Word<'_>], heading: &str) -> (&'static str, Option<(usize, usize)>) {
    let mut scores: Vec<Score> = Vec::new();
    for ((pattern, theme, weight), initials) in
        SIGNS.iter().copied().zip(initials_of_signs()).map(|(sign, initials)| (sign, *initials))
    {
        let Some(cue) = find_from_initials(words, 0, pattern, initials) else { continue };
        match scores.iter_mut().find(|(name, ..)| *name == theme) {
            Some(entry) => {
                entry.1 += weight;
                if weight > entry.3 {
                    entry.2 = Some(cue);
                    entry.3 = weight;
                }
            }
            None => scores.push((theme, weight, Some(cue), weight)),
        }
    }
    if let Some((theme, weight)) = of_heading(heading) {
        match scores.iter_mut().find(|(name, ..)| *name == theme) {
            Some(entry) => entry.1 += weight,
            None => scores.push((theme, weight, None, 0)),
        }
    }
    let mut best = ("governance", 0, None);
    for (theme, score, cue, _) in scores {
        if score > best.1 {
            best = (theme, score, cue);
        }
    }
    (best.0, best.2)
}

fn initials_of_signs() -> &'static [Option<u32>] {
    static INITIALS: OnceLock<Vec<Option<u32>>> = OnceLock::new();
    INITIALS.get_or_init(|| SIGNS.iter().map(|(pattern, ..)| initials(pattern)).collect())
}

fn of_heading(heading: &str) -> Option<(&'static str, u32)> {
    const HEADINGS: [(&str, &str, u32); 14] = [
        ("failure", "escalation", 6),
        ("practice", "practice-quality", 4),
        ("capacity", "workforce", 3),
        ("workforce", "workforce", 4),
        ("partnership", "partnership", 2),
        ("governance", "governance", 3),
        ("board", "governance", 4),
        ("chair", "governance", 2),
        ("adviser", "governance", 4),
        ("commissioner", "governance", 4),
        ("plan", "plan", 4),
        ("reviews", "review", 4),
        ("report", "reporting", 3),
        ("assessed", "reporting", 2),
    ];
    let lower = heading.to_ascii_lowercase();
    HEADINGS.iter().find(|(word, ..)| lower.contains(word)).map(|(_, theme, weight)| (*theme, *weight))
}
