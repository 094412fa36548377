//! Who may agree to a variation, as the notice names them. The asker cannot choose: the words of the document decide.

use improvement::register::{Obligation, ObligationState};
use improvement::timing::TimingKind;
use improvement::words::{party_in_words, sentence_case};
use service::Programme;
use vocabulary::party::Party;

/// The party that may answer, and the reason, which is printed beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approver {
    /// The party.
    pub party: Party,
    /// Why, in a sentence that names the clause.
    pub why: String,
}

/// Parties that can agree a variation.
const AGREE: [Party; 3] = [Party::DEPARTMENT, Party::MINISTERS, Party::BOARD];

/// Who may agree to another clock of a duty.
pub fn approver(programme: &Programme, row: &Obligation) -> Approver {
    let siblings = programme.obligations_of(row.instrument).filter(|other| other.id != row.id);
    let mut siblings = siblings.filter(|other| {
        !matches!(other.state, ObligationState::Split | ObligationState::Merged) && speaks_of(other, row)
    });
    let named = siblings.find_map(|other| Some((other, named_party(programme, other)?)));
    match named {
        Some((clause, party)) => {
            let why = format!(
                "{} leaves it to {}: “{}”",
                super::cells::clause(&clause.reference),
                party_in_words(&party),
                clause.text.trim_end_matches('.')
            );
            Approver { party, why: format!("{why}.") }
        }
        None => Approver {
            party: Party::DEPARTMENT,
            why: "The document names nobody who may agree to another date or interval for this duty, so the Department, which issued it, decides."
                .to_owned(),
        },
    }
}

/// Whether a clause says who agrees to a change of the clock that a duty runs on.
fn speaks_of(clause: &Obligation, row: &Obligation) -> bool {
    let words = format!("{} {}", clause.text, clause.timing.text).to_lowercase();
    let has = |wanted: &[&str]| wanted.iter().any(|word| words.contains(word));
    if !has(&["agree", "approv", "consent"]) {
        return false;
    }
    if row.timing.kind == TimingKind::Recurring {
        has(&["vary", "varied", "variation", "alter", "chang", "reduc"])
            && has(&["frequen", "how often", "interval"])
            && clause.bearers.iter().any(|bearer| row.bearers.contains(bearer))
    } else {
        has(&["revis", "extend", "extension", "change", "vary", "alter"])
            && has(&["timescale", "deadline", "target date", "due date", "milestone"])
    }
}

/// The party that agrees: the one to whom the clause turns, else the one who must agree, else the one it names.
fn named_party(programme: &Programme, clause: &Obligation) -> Option<Party> {
    let of = |parties: &[Party]| AGREE.into_iter().find(|party| parties.contains(party));
    let source = programme.texts.get(&clause.instrument).and_then(|text| {
        let [from, to] = clause.span;
        text.get(from..to)
    });
    let words = format!("{} {}", clause.text, source.unwrap_or_default()).to_lowercase();
    let in_words = || {
        let agreed_by = words.split_once(" by ").map_or("", |(_, after)| after);
        AGREE.into_iter().find(|party| agreed_by.contains(party.as_str()))
    };
    of(&clause.counterparties).or_else(in_words).or_else(|| of(&clause.bearers))
}

/// The party as the answer of the only choice.
pub fn in_words(approver: &Approver) -> String {
    sentence_case(&party_in_words(&approver.party))
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_clause_beside_the_cadence_names_who_agrees_to_another() {
        let programme = sample::programme();
        let approver = approver(&programme, &programme.obligations[0]);
        assert_eq!(approver.party, Party::DEPARTMENT);
        assert!(
            approver.why.starts_with("Clause 1a leaves it to the Department: “Before the board may alter")
        );
    }

    #[test]
    fn revised_timescales_go_to_the_board_where_the_notice_says_so() {
        let mut programme = sample::programme();
        let clause = &mut programme.obligations[4];
        clause.text = "The board should agree any revised timescales".to_owned();
        clause.counterparties = Vec::new();
        assert_eq!(approver(&programme, &programme.obligations[1]).party, Party::BOARD);
    }

    #[test]
    fn where_nobody_is_named_the_department_decides_and_the_page_says_why() {
        let programme = sample::programme();
        let approver = approver(&programme, &programme.obligations[1]);
        assert_eq!(approver.party, Party::DEPARTMENT);
        assert!(approver.why.starts_with("The document names nobody"));
    }
}
