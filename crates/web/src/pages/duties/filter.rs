//! Narrowing lists of duties by fields of the address, so that a narrowed list can be sent to somebody else.

use std::collections::BTreeSet;

use improvement::reading::Modality;
use improvement::register::{Obligation, ObligationState};
use improvement::words::{modality_in_words, party_in_words, sentence_case, theme_title};
use service::Programme;
use vocabulary::id::UserId;

use super::standing::Standing;
use crate::components::{Filter, Input, Link, Select, SelectedFilters};
use crate::fields::Fields;
use crate::guard::escape;

/// The questions a list of duties can be narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Words in the duty or its clause.
    Words,
    /// The document.
    Notice,
    /// Who must act.
    Bearer,
    /// The theme.
    Theme,
    /// How strongly it binds.
    Modality,
    /// Where it stands in the register.
    State,
    /// Whether something is due.
    Status,
    /// The person answerable.
    Owner,
}

impl By {
    fn name(self) -> &'static str {
        match self {
            Self::Words => "q",
            Self::Notice => "notice",
            Self::Bearer => "bearer",
            Self::Theme => "theme",
            Self::Modality => "modality",
            Self::State => "state",
            Self::Status => "status",
            Self::Owner => "owner",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Words => "Words",
            Self::Notice => "Document",
            Self::Bearer => "Who must act",
            Self::Theme => "Theme",
            Self::Modality => "Strength",
            Self::State => "State in the register",
            Self::Status => "What is due",
            Self::Owner => "Answerable person",
        }
    }
}

/// The states of the register a list can show; without a choice it shows what is live.
const STATES: [(&str, &str); 6] = [
    ("confirmed", "Confirmed, not yet signed"),
    ("in-force", "In force"),
    ("suggested", "Suggested"),
    ("not-a-duty", "Not a duty"),
    ("superseded", "Superseded or carried over"),
    ("ended", "Ended"),
];

const MODALITIES: [Modality; 4] = [Modality::Must, Modality::Should, Modality::May, Modality::Expects];

/// What was chosen.
#[derive(Clone, Debug, Default)]
pub struct DutyFilter {
    path: &'static str,
    chosen: Vec<(By, String)>,
    kept: Vec<(&'static str, String)>,
}

impl DutyFilter {
    /// The filter of a page from its address; `kept` are other fields of the address that stay as they are.
    pub fn asked(path: &'static str, fields: &Fields, by: &[By], kept: &[&'static str]) -> Self {
        let value = |name: &str| fields.maybe(name).map(|value| value.chars().take(200).collect::<String>());
        Self {
            path,
            chosen: by.iter().filter_map(|by| Some((*by, value(by.name())?))).collect(),
            kept: kept.iter().filter_map(|name| Some((*name, value(name)?))).collect(),
        }
    }

    /// Whether nothing was chosen.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// The value chosen for a question.
    pub fn value(&self, by: By) -> Option<&str> {
        self.chosen.iter().find(|(known, _)| *known == by).map(|(_, value)| value.as_str())
    }

    /// The value of another field of the address.
    pub fn kept(&self, name: &str) -> Option<&str> {
        self.kept.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The address of a path with what was chosen, and other fields set anew; an empty value leaves a field out.
    pub fn address(&self, path: &str, set: &[(&str, &str)]) -> String {
        self.address_of(path, None, set)
    }

    fn address_of(&self, path: &str, without: Option<By>, set: &[(&str, &str)]) -> String {
        let chosen = self.chosen.iter().filter(|(by, _)| Some(*by) != without);
        let chosen = chosen.map(|(by, value)| (by.name(), value.as_str()));
        let kept = self.kept.iter().map(|(name, value)| (*name, value.as_str()));
        let standing = chosen.chain(kept).filter(|(name, _)| !set.iter().any(|(other, _)| other == name));
        let pairs = standing.chain(set.iter().copied()).filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", escape(value))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    /// Whether a duty is one of those asked for. Without a state, only live duties are.
    pub fn matches(&self, programme: &Programme, row: &Obligation) -> bool {
        let state = self.value(By::State);
        (state.is_some() || row.state.counts())
            && self.chosen.iter().all(|(by, value)| matches_one(programme, row, *by, value))
    }

    /// What was chosen, in a sentence, for files.
    pub fn in_words(&self, programme: &Programme) -> String {
        let one = |(by, value): &(By, String)| format!("{}: {}", by.words(), choice(programme, *by, value));
        let chosen: Vec<String> = self.chosen.iter().map(one).collect();
        if chosen.is_empty() { "All live duties".to_owned() } else { chosen.join("; ") }
    }

    /// The form beside the list, with what is chosen as removable tags.
    pub fn form(&self, programme: &Programme, results_id: &str, by: &[By]) -> Filter {
        let mut filter = Filter::new(self.path, results_id);
        for (chosen, value) in &self.chosen {
            let link =
                Link::new(choice(programme, *chosen, value), self.address_of(self.path, Some(*chosen), &[]));
            filter = filter.selected(SelectedFilters::new(chosen.words(), [link]));
        }
        by.iter().fold(filter, |filter, by| match by {
            By::Words => filter.field(
                Input::search(by.name(), by.words())
                    .id("filter-q")
                    .value(self.value(*by).unwrap_or_default())
                    .hint("In the duty, its clause or its evidence"),
            ),
            by => filter.field(self.select(programme, *by)),
        })
    }

    fn select(&self, programme: &Programme, by: By) -> Select {
        let everything = if by == By::State { "Live: confirmed or in force" } else { "All" };
        let mut select = Select::new(by.name(), by.words())
            .id(format!("filter-{}", by.name()))
            .option("", everything)
            .chosen(self.value(by).unwrap_or_default());
        for (value, words) in choices(programme, by) {
            select = select.option(value, words);
        }
        select
    }
}

fn matches_one(programme: &Programme, row: &Obligation, by: By, value: &str) -> bool {
    match by {
        By::Words => {
            let wanted = value.to_lowercase();
            let texts = [row.text.as_str(), &row.reference, &row.timing.text];
            let evidence = row.evidence.iter().map(String::as_str);
            texts.into_iter().chain(evidence).any(|text| text.to_lowercase().contains(&wanted))
        }
        By::Notice => row.instrument.to_string() == value,
        By::Bearer => row.bearers.iter().any(|bearer| bearer.as_str() == value),
        By::Theme => row.theme == value,
        By::Modality => modality_in_words(row.modality).eq_ignore_ascii_case(value),
        By::State => in_state(row.state, value),
        By::Status => Standing::of(programme, row).value() == value,
        By::Owner if value == "nobody" => row.owner.is_none(),
        By::Owner => row.owner.is_some_and(|owner| owner.to_string() == value),
    }
}

fn in_state(state: ObligationState, value: &str) -> bool {
    match state {
        ObligationState::Confirmed => value == "confirmed",
        ObligationState::InForce => value == "in-force",
        ObligationState::Suggested => value == "suggested",
        ObligationState::NotADuty | ObligationState::Split | ObligationState::Merged => value == "not-a-duty",
        ObligationState::CarriedOver | ObligationState::Superseded => value == "superseded",
        ObligationState::Ended => value == "ended",
    }
}

/// The words of a chosen value; a value that is no choice is shown as it stands in the address.
fn choice(programme: &Programme, by: By, value: &str) -> String {
    let known = choices(programme, by).into_iter().find(|(known, _)| known == value);
    known.map_or_else(|| value.to_owned(), |(_, words)| words)
}

fn choices(programme: &Programme, by: By) -> Vec<(String, String)> {
    let pairs = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
    };
    match by {
        By::Words => Vec::new(),
        By::Notice => programme.instruments.iter().map(|n| (n.id.to_string(), n.title.clone())).collect(),
        By::Bearer => {
            let parties: BTreeSet<_> = programme.obligations.iter().flat_map(|row| &row.bearers).collect();
            let words = |party| sentence_case(&party_in_words(party));
            parties.into_iter().map(|party| (party.as_str().to_owned(), words(party))).collect()
        }
        By::Theme => {
            let themes: BTreeSet<_> = programme.obligations.iter().map(|row| &row.theme).collect();
            themes.into_iter().map(|theme| (theme.clone(), theme_title(theme))).collect()
        }
        By::Modality => {
            let pair = |modality| modality_in_words(modality).to_owned();
            MODALITIES.into_iter().map(pair).map(|word| (word.to_lowercase(), word)).collect()
        }
        By::State => pairs(&STATES),
        By::Status => pairs(&Standing::CHOICES),
        By::Owner => owners(programme),
    }
}

fn owners(programme: &Programme) -> Vec<(String, String)> {
    let owners: BTreeSet<UserId> = programme.obligations.iter().filter_map(|row| row.owner).collect();
    let mut named: Vec<(String, String)> =
        owners.into_iter().map(|owner| (owner.to_string(), programme.name_of(owner).to_owned())).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    named.push(("nobody".to_owned(), "Nobody yet".to_owned()));
    named
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    const ALL: [By; 8] =
        [By::Words, By::Notice, By::Bearer, By::Theme, By::Modality, By::State, By::Status, By::Owner];

    fn references(query: &str) -> Vec<String> {
        let programme = sample::programme();
        let filter = DutyFilter::asked("/duties", &Fields::parse(query.as_bytes()), &ALL, &[]);
        let rows = programme.obligations.iter().filter(|row| filter.matches(&programme, row));
        rows.map(|row| row.reference.clone()).collect()
    }

    #[test]
    fn without_a_choice_only_what_counts_is_listed() {
        assert_eq!(references(""), ["1", "2", "3"]);
        assert_eq!(references("state=suggested"), ["4"]);
    }

    #[test]
    fn a_list_narrows_by_what_is_due_and_by_words() {
        assert_eq!(references("status=overdue"), ["2"]);
        assert_eq!(references("status=undated"), ["3"]);
        assert_eq!(references("q=MEET"), ["1"]);
        assert_eq!(references("bearer=board&owner=nobody"), ["1"]);
    }

    #[test]
    fn a_chosen_value_can_be_taken_off_again() {
        let programme = sample::programme();
        let fields = Fields::parse(b"q=a+%26+b&status=overdue&sort=due");
        let filter = DutyFilter::asked("/duties", &fields, &ALL, &["sort"]);
        let form = filter.form(&programme, "list", &ALL).to_string();
        assert!(form.contains("href=\"/duties?status=overdue&#38;sort=due\""), "{form}");
        assert!(form.contains("href=\"/duties?q=a%20%26%20b&#38;sort=due\""), "{form}");
        assert_eq!(filter.in_words(&programme), "Words: a & b; What is due: Overdue");
    }
}
