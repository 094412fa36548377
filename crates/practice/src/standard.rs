//! A practice standard: what must happen, for whom, within what, on which basis; one file each
//! (docs/adding-a-standard.md).

use std::fmt;

use serde::Deserialize;
use toml::Table;
use vocabulary::day::Day;
use vocabulary::records::{Catalogue, Kind};

use crate::condition::Condition;
use crate::example::Examples;
use crate::limit::Limit;
use crate::names::{Names, kinds_of};
use crate::operator::Operator;
use crate::written::{LibraryFile, Parts, Problem, WrittenDay};

/// What a standard is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Contacts, early help and referrals.
    Referral,
    /// Assessments.
    Assessment,
    /// Section 47 enquiries, conferences and protection plans.
    ChildProtection,
    /// Children in need and their plans.
    ChildInNeed,
    /// Learning from incidents and complaints.
    Learning,
    /// The public law outline: pre-proceedings and proceedings.
    Plo,
    /// Children looked after: plans, reviews and visits.
    LookedAfter,
    /// Health of children looked after.
    Health,
    /// Education of children looked after.
    Education,
    /// Missing children and exploitation.
    MissingCse,
    /// Stability of placements.
    Stability,
    /// Adoption.
    Adoption,
    /// Care leavers.
    CareLeavers,
    /// Private fostering.
    PrivateFostering,
    /// Social workers, their supervision and caseloads.
    Workforce,
    /// Management oversight, records and audit.
    Oversight,
}

/// What a standard rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// An Act or regulations.
    Statute,
    /// Guidance that councils must act under.
    StatutoryGuidance,
    /// The way the Department measures.
    NationalMeasure,
    /// A standard of the profession.
    ProfessionalStandard,
    /// A notice or letter itself.
    Notice,
    /// The council's own decision.
    Local,
}

/// How far the source was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceStatus {
    /// The legal text, official publication or notice was read.
    Verified,
    /// Stated in another page that was read.
    Secondary,
    /// Believed, not read; never shown as law.
    Unverified,
}

/// By which day an outcome is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountBy {
    /// The day it was met, or given up as missed.
    Completed,
    /// The day it was due.
    Due,
    /// The day it began.
    Started,
    /// Open on the day of the question.
    Position,
    /// In the position on the day of the figures only: the record says how it stands now, and not how it stood before.
    Now,
}

impl CountBy {
    /// Whether it counts what stands on a day, instead of what happened in a period.
    pub fn is_position(self) -> bool {
        matches!(self, Self::Position | Self::Now)
    }
}

/// Which outcomes a percentage is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Show {
    /// Those met.
    Met,
    /// Those missed.
    Missed,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// More is better.
    High,
    /// Less is better.
    Low,
    /// Neither: it explains others.
    Context,
}

/// What is made of a standard's outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorRule {
    /// By which day an outcome is counted.
    pub count_by: CountBy,
    /// Which outcomes the percentage is of.
    pub show: Show,
    /// Which way is better.
    pub polarity: Polarity,
    /// The words after the percentage.
    pub sentence: String,
}

/// A limit that the council sets, with no default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CouncilLimit {
    /// What it limits.
    pub meaning: String,
    /// What it counts.
    pub unit: String,
    /// What other councils use.
    pub others: Option<String>,
}

/// A practice standard.
#[derive(Clone, Debug)]
pub struct Standard {
    /// Its id, which is its file's name too.
    pub code: String,
    /// What must happen, in one line.
    pub title: String,
    /// What it is about.
    pub theme: Theme,
    /// What it rests on.
    pub basis: Basis,
    /// How far the source was read.
    pub status: SourceStatus,
    /// Edition and paragraph.
    pub source: String,
    /// The source's day.
    pub source_date: Option<Day>,
    /// The first day of a clock that it governs; none when it always did.
    pub in_force_from: Option<Day>,
    /// The last day of a clock that it governs; none while it is in force.
    pub in_force_to: Option<Day>,
    /// The obligations of the seed notices that it serves.
    pub clauses: Vec<String>,
    /// The shipped standard whose place it takes.
    pub replaces: Option<String>,
    /// The kind of record that it is about.
    pub record: String,
    /// Whether an outcome says of a child what is sealed (class C5), so that only a grant for sealed records shows whose
    /// it is. It is so when a sealed field is named, unless the file says `class = "C3"`.
    pub sealed: bool,
    /// The limit that the council sets, if there is one.
    pub council_limit: Option<CouncilLimit>,
    /// What is made of its outcomes.
    pub indicator: IndicatorRule,
    /// The prose after the front matter.
    pub prose: String,
    /// The whole file.
    pub file: LibraryFile,
    pub(crate) population: Vec<Condition>,
    pub(crate) exclusions: Vec<Exclusion>,
    pub(crate) operator: Operator,
    pub(crate) examples: Examples,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exclusion {
    #[serde(rename = "where")]
    pub(crate) conditions: Vec<Condition>,
    pub(crate) reason: String,
}

/// What an outcome says of a child, where a file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum OutcomeClass {
    C3,
    C5,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStandard {
    code: String,
    title: String,
    theme: Theme,
    basis: Basis,
    status: SourceStatus,
    source: String,
    source_date: Option<WrittenDay>,
    in_force_from: Option<WrittenDay>,
    in_force_to: Option<WrittenDay>,
    #[serde(default)]
    clauses: Vec<String>,
    replaces: Option<String>,
    class: Option<OutcomeClass>,
    population: Population,
    #[serde(default)]
    exclusion: Vec<Exclusion>,
    operator: Table,
    council_limit: Option<CouncilLimit>,
    indicator: IndicatorRule,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Population {
    record: String,
    #[serde(default, rename = "where")]
    conditions: Vec<Condition>,
}

const PARTS_OF_PROSE: [&str; 4] = ["What it asks", "Why", "Limits of the data", "Worked examples"];
const FEWEST_EXAMPLES: usize = 3;

impl Standard {
    /// Reads a file. What is wrong is added to the problems; a file that can't be judged by gives no standard.
    pub(crate) fn read(
        file: &LibraryFile,
        catalogue: &Catalogue,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let mut fault = |line: Option<usize>, what: String| {
            problems.push(Problem { path: file.path.clone(), line, what });
        };
        let parts = Parts::of(&file.text).map_err(|(line, what)| fault(Some(line), what)).ok()?;
        let written: WrittenStandard = parts.read().map_err(|(line, what)| fault(line, what)).ok()?;
        let operator = Operator::read(written.operator.clone());
        let operator = operator.map_err(|what| fault(line_at_fault(&parts, &what), what)).ok()?;
        let examples = Examples::read(parts.prose, parts.prose_line);
        let class = written.class;
        let mut standard = written.with(file, &parts, operator, examples);
        let (named, usable) = standard.check(catalogue, class);
        for (word, what) in named {
            fault(parts.line_of(&word), what);
        }
        for (line, what) in standard.check_prose(&parts) {
            fault(line, what);
        }
        usable.then_some(standard)
    }

    /// What is wrong with the front matter, each with the word at fault; and whether it can be judged by all the same.
    fn check(&mut self, catalogue: &Catalogue, class: Option<OutcomeClass>) -> (Vec<(String, String)>, bool) {
        let Some(mut names) = Names::of(catalogue, &self.record) else {
            let what =
                format!("unknown kind of record `{}`; the kinds are {}", self.record, kinds_of(catalogue));
            return (vec![(self.record.clone(), what)], false);
        };
        names.conditions(&self.population);
        let sealed_before = std::mem::take(&mut names.sealed);
        for exclusion in &self.exclusions {
            names.conditions(&exclusion.conditions);
        }
        if names.sealed && class == Some(OutcomeClass::C3) {
            let what = "an exclusion by a sealed field would say why; ask it in `[population]` instead";
            names.problem("exclusion", what);
        }
        names.sealed |= sealed_before;
        self.operator.check(&mut names);
        let usable = names.problems.is_empty();
        self.sealed = class.map_or(names.sealed, |class| class == OutcomeClass::C5);
        if catalogue.kind(&self.record).is_some_and(Kind::is_sealed) && !self.sealed {
            let what =
                format!("a `{}` is known by a sealed day, so its outcomes are of class C5", self.record);
            names.problem("class", what);
        }
        let mut problems = names.problems;
        problems.extend(self.check_limit());
        if self.in_force_from.zip(self.in_force_to).is_some_and(|(from, to)| to < from) {
            problems
                .push(("in_force_to".to_owned(), "`in_force_to` comes before `in_force_from`".to_owned()));
        }
        let name = self.file.path.rsplit('/').next().unwrap_or_default();
        if name.strip_suffix(".md") != Some(&self.code) {
            let what = format!("the code `{}` is not the file's name", self.code);
            problems.push(("code".to_owned(), what));
        }
        (problems, usable)
    }

    fn check_limit(&self) -> Vec<(String, String)> {
        let limits = self.operator.limits();
        let councils: Vec<_> = limits.iter().filter(|(limit, _)| *limit == Limit::Council).collect();
        let word = "council_limit".to_owned();
        match (&self.council_limit, councils.first()) {
            (None, Some(_)) => {
                vec![(
                    "council".to_owned(),
                    "a limit that the council sets is explained in `[council_limit]`".to_owned(),
                )]
            }
            (Some(_), None) => {
                vec![(
                    word,
                    "`[council_limit]` explains a limit, and no limit here is \"council\"".to_owned(),
                )]
            }
            (Some(limit), Some((_, Some(unit)))) if limit.unit != unit.as_str() => {
                let what =
                    format!("`[council_limit]` counts {}, and the operator {}", limit.unit, unit.as_str());
                vec![(word, what)]
            }
            _ => Vec::new(),
        }
    }

    fn check_prose(&self, parts: &Parts<'_>) -> Vec<(Option<usize>, String)> {
        let mut problems = Vec::new();
        let has = |heading: &str| {
            parts
                .prose
                .lines()
                .any(|line| line.starts_with('#') && line.trim_start_matches('#').trim() == heading)
        };
        for heading in PARTS_OF_PROSE.iter().filter(|heading| !has(heading)) {
            problems.push((Some(parts.prose_line), format!("the part \"{heading}\" is not there")));
        }
        let count = self.examples.rows.len();
        if count < FEWEST_EXAMPLES {
            let what = format!(
                "{count} worked examples; at least {FEWEST_EXAMPLES} are needed: met, missed and the edge"
            );
            problems.push((Some(self.examples.line), what));
        }
        problems
    }

    /// Whether a clock that starts on a day is judged by it.
    pub fn in_force_on(&self, day: Day) -> bool {
        self.in_force_from.is_none_or(|from| from <= day) && self.in_force_to.is_none_or(|to| day <= to)
    }
}

/// The line of the operator that has a word which a message quotes; the first word it quotes is often the kind itself.
fn line_at_fault(parts: &Parts<'_>, what: &str) -> Option<usize> {
    let quoted: Vec<&str> = what.split(['`', '"']).skip(1).step_by(2).collect();
    let later = quoted.iter().skip(1).chain(quoted.first());
    later.copied().find_map(|word| parts.line_in("[operator]", word)).or_else(|| parts.line_of("operator"))
}

impl WrittenStandard {
    fn with(self, file: &LibraryFile, parts: &Parts<'_>, operator: Operator, examples: Examples) -> Standard {
        Standard {
            code: self.code,
            title: self.title,
            theme: self.theme,
            basis: self.basis,
            status: self.status,
            source: self.source,
            source_date: self.source_date.map(|day| day.0),
            in_force_from: self.in_force_from.map(|day| day.0),
            in_force_to: self.in_force_to.map(|day| day.0),
            clauses: self.clauses,
            replaces: self.replaces,
            sealed: false,
            record: self.population.record,
            council_limit: self.council_limit,
            indicator: self.indicator,
            prose: parts.prose.to_owned(),
            file: file.clone(),
            population: self.population.conditions,
            exclusions: self.exclusion,
            operator,
            examples,
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Statute => "statute",
            Self::StatutoryGuidance => "statutory guidance",
            Self::NationalMeasure => "national measure",
            Self::ProfessionalStandard => "professional standard",
            Self::Notice => "notice",
            Self::Local => "local",
        })
    }
}

impl fmt::Display for SourceStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Verified => "verified",
            Self::Secondary => "secondary",
            Self::Unverified => "unverified",
        })
    }
}
