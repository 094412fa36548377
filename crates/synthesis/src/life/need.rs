//! An episode of need: from a referral through assessment, enquiries and plans to its closure, as the children in need
//! census groups them (`CINdetails`).

use vocabulary::day::Day;

use super::clerk::Clerk;
use super::fact::Fact;
use super::locality::Locality;
use super::protection::{self, ProtectionPlan};

/// Everything between a referral and the closure of the case.
#[derive(Clone, Debug)]
pub struct Need {
    /// Whose teams hold the case.
    pub locality: Locality,
    /// The contact that became the referral.
    pub contact: Fact,
    /// The referral.
    pub referral: Fact,
    /// Who referred, by the census's code.
    pub source: &'static str,
    /// Whether it ended there.
    pub no_further_action: bool,
    /// Primary need, `N1` to `N8`.
    pub code: &'static str,
    /// Assessments.
    pub assessments: Vec<Assessment>,
    /// Section 47 enquiries.
    pub enquiries: Vec<Enquiry>,
    /// Child in need plans.
    pub plans: Vec<InNeedPlan>,
    /// Child protection plans.
    pub protection: Vec<ProtectionPlan>,
    /// The stage before care proceedings.
    pub pre_proceedings: Option<PreProceedings>,
    /// The closure; none for a referral without further action.
    pub closed: Option<Fact>,
    /// Why it closed, `RC1` to `RC9`.
    pub closure: &'static str,
    /// Recorded under a second identifier, until somebody noticed.
    pub double: Option<Double>,
    /// The day the record was removed as entered in error.
    pub removed: Option<Day>,
}

/// A second record of the same child, until the two were merged.
#[derive(Clone, Debug)]
pub struct Double {
    /// The identifier of the second record.
    pub id: String,
    /// The day of the merger.
    pub merged: Day,
}

/// One assessment.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// It began.
    pub started: Fact,
    /// It was authorised.
    pub authorised: Fact,
    /// Whether the child was seen.
    pub seen: bool,
    /// Whether support from social care was found necessary.
    pub support: bool,
    /// What was found, by the census's codes.
    pub factors: Vec<&'static str>,
}

/// One section 47 enquiry.
#[derive(Clone, Debug)]
pub struct Enquiry {
    /// The strategy discussion.
    pub started: Fact,
    /// The conference, or the decision that none was necessary.
    pub decided: Fact,
    /// What came of it.
    pub outcome: EnquiryOutcome,
}

/// What came of an enquiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnquiryOutcome {
    /// No conference was necessary.
    NotRequired,
    /// A conference that made no plan.
    NoPlan,
    /// A conference that made a child protection plan.
    Plan,
}

/// One child in need plan.
#[derive(Clone, Debug)]
pub struct InNeedPlan {
    /// It began.
    pub started: Fact,
    /// It ended.
    pub ended: Fact,
}

/// The stage before care proceedings.
#[derive(Clone, Debug)]
pub struct PreProceedings {
    /// The decision to begin it.
    pub started: Fact,
    /// The letter before proceedings.
    pub letter: Fact,
    /// Whether a family group meeting was offered.
    pub offered: bool,
    /// Whether one was held.
    pub held: bool,
    /// The first meeting.
    pub meeting: Fact,
    /// How many review meetings were held.
    pub reviews: i64,
    /// The decision to step down or to issue.
    pub decided: Fact,
    /// Whether it was to issue.
    pub issued: bool,
}

/// What a referral leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// Nothing further.
    NoFurtherAction,
    /// An assessment that closes the case.
    Assessed,
    /// An assessment, then early help.
    EarlyHelp,
    /// A child in need plan.
    InNeed,
    /// A child protection plan.
    Protection,
    /// Care at once.
    Care,
}

const PATHS: &[(Path, f64)] = &[
    (Path::NoFurtherAction, 7.0),
    (Path::Assessed, 33.0),
    (Path::EarlyHelp, 10.0),
    (Path::InNeed, 36.0),
    (Path::Protection, 12.0),
    (Path::Care, 2.0),
];

/// Families that had a protection plan before come to one sooner.
const PATHS_AGAIN: &[(Path, f64)] = &[
    (Path::NoFurtherAction, 5.0),
    (Path::Assessed, 22.0),
    (Path::EarlyHelp, 4.0),
    (Path::InNeed, 36.0),
    (Path::Protection, 30.0),
    (Path::Care, 3.0),
];

const SOURCES: &[(&str, f64)] = &[
    ("6", 29.0),
    ("2A", 19.0),
    ("5A", 7.0),
    ("5B", 4.0),
    ("5C", 2.0),
    ("1A", 6.0),
    ("1B", 2.0),
    ("1C", 1.0),
    ("1D", 3.0),
    ("2B", 2.0),
    ("3A", 2.0),
    ("3B", 2.5),
    ("3C", 0.7),
    ("3D", 2.0),
    ("3E", 4.0),
    ("3F", 4.0),
    ("4", 1.5),
    ("7", 2.5),
    ("8", 3.5),
    ("9", 2.0),
    ("10", 0.6),
];

const CODES: &[(&str, f64)] = &[
    ("N1", 57.0),
    ("N2", 8.0),
    ("N3", 3.0),
    ("N4", 10.0),
    ("N5", 14.0),
    ("N6", 3.0),
    ("N7", 1.0),
    ("N8", 3.0),
];

const FACTORS: &[(&str, f64)] = &[
    ("3B", 20.0),
    ("4B", 17.0),
    ("17A", 12.0),
    ("16A", 10.0),
    ("2B", 9.0),
    ("1B", 8.0),
    ("4A", 8.0),
    ("18B", 6.0),
    ("2A", 4.0),
    ("10A", 3.0),
    ("11A", 2.5),
    ("24A", 2.5),
    ("13A", 1.5),
    ("15A", 3.0),
    ("5A", 5.0),
    ("5B", 3.0),
    ("6A", 3.0),
    ("7A", 2.5),
    ("19C", 2.0),
    ("14A", 4.0),
    ("12A", 0.6),
    ("22A", 0.2),
    ("20", 6.0),
];

/// Who makes contact or refers.
pub fn source(clerk: &mut Clerk<'_>) -> &'static str {
    clerk.chance.pick(SOURCES)
}

/// A family's referral and what follows until the case closes; and the day a child of it comes into care, if one does.
pub fn episode(clerk: &mut Clerk<'_>, referred: Day, protected: bool) -> (Need, Option<Day>) {
    let path = clerk.chance.pick(if protected { PATHS_AGAIN } else { PATHS });
    let mut need = referral(clerk, referred, path == Path::NoFurtherAction);
    if path == Path::NoFurtherAction {
        return (need, None);
    }
    assess(clerk, &mut need, path);
    let into_care = match path {
        Path::InNeed => in_need(clerk, &mut need),
        Path::Protection => conference(clerk, &mut need),
        Path::Care => Some(clerk.working(referred, 0, 6)),
        _ => None,
    };
    need.close(clerk, if path == Path::EarlyHelp { "RC9" } else { "RC8" });
    (need, into_care)
}

/// A young person who came alone: referred, assessed and looked after from the day of the referral.
pub fn arrival(clerk: &mut Clerk<'_>, referred: Day) -> Need {
    let mut need = referral(clerk, referred, false);
    need.code = "N8";
    need.source = clerk.chance.pick(&[("6", 5.0), ("5B", 3.0), ("8", 1.0)]);
    assess(clerk, &mut need, Path::Care);
    need.assessments[0].factors = vec!["9A"];
    need.close(clerk, "RC7");
    need
}

fn referral(clerk: &mut Clerk<'_>, referred: Day, no_further_action: bool) -> Need {
    let before = clerk.chance.pick(&[(0, 7.0), (1, 2.0), (2, 0.6), (3, 0.4)]);
    let (source, code) = (clerk.chance.pick(SOURCES), clerk.chance.pick(CODES));
    // The census took up the code of early help in the year to March 2023.
    let early_help = referred >= Day(19_083) && clerk.chance.happens(0.04);
    Need {
        locality: clerk.locality,
        contact: clerk.enter(referred.plus_days(-before)),
        referral: clerk.enter(referred),
        source: if early_help { "5D" } else { source },
        no_further_action,
        code,
        assessments: Vec::new(),
        enquiries: Vec::new(),
        plans: Vec::new(),
        protection: Vec::new(),
        pre_proceedings: None,
        closed: None,
        closure: "",
        double: None,
        removed: None,
    }
}

fn assess(clerk: &mut Clerk<'_>, need: &mut Need, path: Path) {
    let started = clerk.working(need.referral.on, 0, 3);
    let authorised = clerk.within_working(started, 8, 45, 0.45);
    let support = !matches!(path, Path::Assessed | Path::EarlyHelp);
    let mut factors = vec![clerk.chance.pick(FACTORS)];
    for _ in 0..clerk.chance.between(0, 3) {
        let factor = clerk.chance.pick(FACTORS);
        if !factors.contains(&factor) {
            factors.push(factor);
        }
    }
    if !support && clerk.chance.happens(0.25) {
        factors = vec!["21"];
    }
    let assessment = Assessment {
        started: clerk.enter(started),
        authorised: clerk.enter(authorised),
        seen: clerk.chance.happens(0.95),
        support,
        factors,
    };
    need.assessments.push(assessment);
    if !matches!(path, Path::Protection | Path::Care) && clerk.chance.happens(0.36) {
        let enquiry = enquiry_without_plan(clerk, started);
        need.enquiries.push(enquiry);
    }
}

fn enquiry_without_plan(clerk: &mut Clerk<'_>, from: Day) -> Enquiry {
    let started = clerk.working(from, 0, 12);
    let conference = clerk.chance.happens(0.12);
    let decided =
        if conference { clerk.within_working(started, 5, 15, 0.45) } else { clerk.working(started, 2, 14) };
    let outcome = if conference { EnquiryOutcome::NoPlan } else { EnquiryOutcome::NotRequired };
    Enquiry { started: clerk.enter(started), decided: clerk.enter(decided), outcome }
}

/// A child in need plan; a few become protection plans, fewer still care.
fn in_need(clerk: &mut Clerk<'_>, need: &mut Need) -> Option<Day> {
    let after = need.last_day();
    let started = clerk.working(after, 0, 8);
    let length = (30 + clerk.chance.wait(125.0)).min(900);
    let escalates = clerk.chance.happens(0.08);
    let ended = clerk.world.at_work(started.plus_days(length));
    if !escalates {
        let plan = InNeedPlan { started: clerk.enter(started), ended: clerk.enter(ended) };
        need.plans.push(plan);
        return clerk.chance.happens(0.04).then(|| clerk.world.at_work(ended.plus_days(-1)));
    }
    let strategy = clerk.world.at_work(started.plus_days(length * 2 / 3));
    let conference = clerk.within_working(strategy, 5, 15, 0.45);
    let plan = InNeedPlan { started: clerk.enter(started), ended: clerk.enter(conference) };
    need.plans.push(plan);
    protect(clerk, need, strategy, conference)
}

/// An enquiry during the assessment that comes to a conference.
fn conference(clerk: &mut Clerk<'_>, need: &mut Need) -> Option<Day> {
    let strategy = clerk.working(need.assessments[0].started.on, 0, 12);
    let conference = clerk.within_working(strategy, 5, 15, 0.45);
    if clerk.chance.happens(0.13) {
        let (started, decided) = (clerk.enter(strategy), clerk.enter(conference));
        need.enquiries.push(Enquiry { started, decided, outcome: EnquiryOutcome::NoPlan });
        return in_need(clerk, need);
    }
    protect(clerk, need, strategy, conference)
}

/// A protection plan, and what follows it: a child in need plan, care, or nothing.
fn protect(clerk: &mut Clerk<'_>, need: &mut Need, strategy: Day, conference: Day) -> Option<Day> {
    need.code = "N1";
    let enquiry = Enquiry {
        started: clerk.enter(strategy),
        decided: clerk.enter(conference),
        outcome: EnquiryOutcome::Plan,
    };
    let plan = protection::plan(clerk, enquiry.decided);
    let ended = plan.ended.on;
    need.enquiries.push(enquiry);
    need.protection.push(plan);
    let authorised = need.assessments[0].authorised.on;
    if clerk.chance.happens(0.20) {
        let into_care = clerk.world.at_work(ended.plus_days(-clerk.chance.between(1, 20)));
        need.pre_proceedings = pre_proceedings(clerk, conference, into_care, true);
        return Some(into_care);
    }
    if ended.days_since(conference) > 400 && clerk.chance.happens(0.5) {
        need.pre_proceedings = pre_proceedings(clerk, conference, ended, false);
    }
    if clerk.chance.happens(0.75) {
        let started = clerk.working(ended.max(authorised), 1, 3);
        let ended = clerk.world.at_work(started.plus_days(40 + clerk.chance.wait(60.0)));
        let plan = InNeedPlan { started: clerk.enter(started), ended: clerk.enter(ended) };
        need.plans.push(plan);
    }
    None
}

fn pre_proceedings(clerk: &mut Clerk<'_>, from: Day, to: Day, issued: bool) -> Option<PreProceedings> {
    let length = clerk.chance.between(60, 160);
    let started = clerk.world.at_work(to.plus_days(-length));
    if started <= from {
        return None;
    }
    let letter = clerk.working(started, 1, 12);
    let meeting = clerk.working(letter, 5, 15);
    let decided = clerk.world.at_work(to.plus_days(-8)).max(meeting);
    if decided > to {
        return None;
    }
    let offered = clerk.chance.happens(0.4 + 0.5 * clerk.quality(started));
    Some(PreProceedings {
        started: clerk.enter(started),
        letter: clerk.enter(letter),
        offered,
        held: offered && clerk.chance.happens(0.6),
        meeting: clerk.enter(meeting),
        reviews: i64::from(length / 45),
        decided: clerk.enter(decided),
        issued,
    })
}

impl Need {
    /// The last day on which something in it began or ended.
    pub fn last_day(&self) -> Day {
        let mut last = self.referral.on;
        let assessments = self.assessments.iter().map(|assessment| assessment.authorised.on);
        let enquiries = self.enquiries.iter().map(|enquiry| enquiry.decided.on);
        let plans = self.plans.iter().map(|plan| plan.ended.on);
        let protection = self.protection.iter().map(|plan| plan.ended.on);
        for day in assessments.chain(enquiries).chain(plans).chain(protection) {
            last = last.max(day);
        }
        last
    }

    fn close(&mut self, clerk: &mut Clerk<'_>, without_plan: &'static str) {
        let had_plan = !self.plans.is_empty() || !self.protection.is_empty();
        self.closure = match had_plan {
            true => clerk.chance.pick(&[("RC7", 92.0), ("RC5", 6.0), ("RC3", 1.0), ("RC4", 1.0)]),
            false => without_plan,
        };
        let closed = clerk.working(self.last_day(), 0, 8);
        self.closed = Some(clerk.enter(closed));
    }

    /// Cuts off whatever lies after a day on which the case ended, such as the eighteenth birthday.
    pub fn end_on(&mut self, day: Day, reason: &'static str) {
        self.assessments.retain(|assessment| assessment.started.on < day);
        self.enquiries.retain(|enquiry| enquiry.started.on < day && enquiry.decided.on <= day);
        self.end_plans_on(day);
        for assessment in &mut self.assessments {
            assessment.authorised.end_by(day);
        }
        if let Some(closed) = self.closed.as_mut().filter(|closed| closed.on > day) {
            closed.end_by(day);
            self.closure = reason;
        }
    }

    /// Ends plans that are open on a day and drops those that would begin later.
    pub fn end_plans_on(&mut self, day: Day) {
        self.plans.retain(|plan| plan.started.on < day);
        self.protection.retain(|plan| plan.started.on < day);
        for plan in &mut self.plans {
            plan.ended.end_by(day);
        }
        for plan in &mut self.protection {
            plan.end_by(day);
        }
        self.pre_proceedings = self.pre_proceedings.take().filter(|stage| stage.decided.on <= day);
    }

    /// The facts whose order a case record keeps.
    pub fn facts_in_order(&mut self) -> Vec<&mut Fact> {
        let mut facts = vec![&mut self.contact, &mut self.referral];
        for assessment in &mut self.assessments {
            facts.extend([&mut assessment.started, &mut assessment.authorised]);
        }
        for enquiry in &mut self.enquiries {
            facts.extend([&mut enquiry.started, &mut enquiry.decided]);
        }
        for plan in &mut self.plans {
            facts.extend([&mut plan.started, &mut plan.ended]);
        }
        for plan in &mut self.protection {
            facts.extend([&mut plan.started, &mut plan.ended]);
        }
        if let Some(stage) = &mut self.pre_proceedings {
            facts.extend([&mut stage.started, &mut stage.letter, &mut stage.meeting, &mut stage.decided]);
        }
        facts.extend(&mut self.closed);
        facts
    }
}

impl Fact {
    /// Moves a fact that would come later to a day on which it ended.
    pub fn end_by(&mut self, day: Day) {
        if self.on > day {
            *self = Self { on: day, entered: day.plus_days(1), first_said: None };
        }
    }
}
