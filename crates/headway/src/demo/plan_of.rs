//! The invented council's plan: eight objectives with honest trouble in them. Some actions are done and verified, one fell
//! back, one is overdue because the board refused a later day, one is silent; one objective is all done with nothing shown.

use anyhow::{Context as _, Result};
use improvement::plan::status::Status;
use improvement::plan::{Confidence, Score, SuccessMeasure};
use jiff::ToSpan;
use jiff::civil::Date;
use service::acts::{
    AddObjective, AddPlanAction, AnswerRevision, AskRevision, CheckPlanAction, ObjectiveWords, RaiseRisk,
    ReportDone, ReportProgress, ReviewRisk, Seen, SetStatusByHand, TestObjective,
};
use service::{Act, Programme, Role};
use vocabulary::id::{ObjectiveId, PlanActionId};

use super::Demonstration;
use super::days::Days;
use super::people::{Account, acting};

const BOARD: &str = "Improvement board";

/// Theme, outcome, words of what it answers, who leads it, their post, measures, audit question, voices asked.
type ObjectiveFacts = (
    &'static str,
    &'static str,
    &'static [&'static str],
    Role,
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static str,
);

const OBJECTIVES: [ObjectiveFacts; 8] = [
    (
        "The front door",
        "A child about whom somebody worries is seen and helped within days, and not passed on",
        &["referral", "threshold", "contact", "front door", "early help"],
        Role::Director,
        "Director of children’s services",
        &["rereferral-12m", "assessments-completed"],
        "Was the decision at the front door right for this child?",
        "Parents who rang, by telephone two weeks later",
    ),
    (
        "Assessment and plans",
        "Children’s needs are assessed in time and with them, not about them",
        &["assessment", "risk", "training", "neglect"],
        Role::TeamManager,
        "Head of safeguarding",
        &["assessment-45wd-dfe", "assessment-45wd"],
        "Does the assessment say what life is like for this child?",
        "",
    ),
    (
        "Assessment and plans",
        "Children on a protection plan are seen, alone and by somebody they know",
        &["protection", "visit", "core group", "conference"],
        Role::TeamManager,
        "Head of safeguarding",
        &["cp-visits-overdue", "s47-icpc-15wd"],
        "",
        "",
    ),
    (
        "Children in care",
        "Children in care live near home and know what is planned for them",
        &["care", "placement", "looked after", "permanence", "health"],
        Role::Director,
        "Head of corporate parenting",
        &["lac-reviews-overdue"],
        "Does the care plan say where this child will grow up?",
        "The Children in Care Council, each quarter",
    ),
    (
        "Children in care",
        "Young people leaving care have somewhere safe to live and somebody who stays in touch",
        &["leaving care", "care leaver", "pathway"],
        Role::Director,
        "Head of corporate parenting",
        &["pathway-reviews-overdue"],
        "",
        "Care leavers’ forum",
    ),
    (
        "Missing and exploited children",
        "Children who go missing are asked why, soon, by somebody they can talk to",
        &["missing", "exploitation"],
        Role::Partner,
        "Superintendent, vulnerability",
        &["missing-return-interview-72h"],
        "Did somebody independent talk with the child, and did it change the plan?",
        "",
    ),
    (
        "The workforce",
        "Children keep their social worker, who has time for them and is well supervised",
        &["caseload", "supervision", "workforce", "social worker", "agency"],
        Role::ProgrammeManager,
        "Head of workforce",
        &["supervision-monthly"],
        "Does supervision reflect on the child, or list tasks?",
        "Social workers, in the survey twice a year",
    ),
    (
        "Knowing ourselves",
        "Leaders know from children’s files whether practice is good, and act on what they find",
        &["audit", "quality assurance", "performance", "scrutiny", "progress", "plan"],
        Role::Auditor,
        "Principal social worker",
        &[],
        "Would a second auditor grade this file the same?",
        "",
    ),
];

/// What happened to an action, weeks after the notice.
enum Event {
    Said(i64, Confidence, &'static str, &'static str),
    Done(i64, &'static str),
    Found(i64, bool, &'static str),
    Later(i64, i64, &'static str, Option<(bool, &'static str)>),
    ByHand(i64, Status, &'static str),
}

use Confidence::{High, Low, Medium};
use Event::{ByHand, Done, Found, Later, Said};

/// Objective, what is done, who leads it, their post, first and last week, how it is known to have worked, from, to, events.
type ActionFacts = (
    usize,
    &'static str,
    Role,
    &'static str,
    i64,
    i64,
    (&'static str, &'static str, &'static str),
    &'static [Event],
);

const ACTIONS: &[ActionFacts] = &[
    (
        1,
        "Decide every contact within one working day, with a manager’s name under it",
        Role::TeamManager,
        "Front door manager",
        3,
        14,
        ("Contacts decided in one working day", "71%", "95%"),
        &[
            Said(7, High, "The duty rota covers every day since Monday", ""),
            Done(13, "Rota and daily list since week 7, in the shared folder"),
            Found(16, true, "Forty contacts of May read: 38 decided the same day"),
        ],
    ),
    (
        1,
        "Write the thresholds with the police and schools, and train everybody who decides",
        Role::Director,
        "Director of children’s services",
        4,
        26,
        ("Audited decisions that were right", "58%", "85%"),
        &[
            Said(12, Medium, "Draft agreed with the police", "Two schools’ trusts have not answered"),
            Said(24, High, "Signed by all partners; 140 people trained", ""),
            Done(26, "Thresholds document and training list"),
            Found(28, true, "Twelve decisions read with the chair’s auditor: eleven right"),
        ],
    ),
    (
        2,
        "Look at every assessment past day 35 each Monday",
        Role::TeamManager,
        "Head of safeguarding",
        6,
        20,
        ("Assessments completed in 45 working days", "64%", "90%"),
        &[
            Said(10, High, "The Monday meeting runs in all four teams", ""),
            Done(19, "Minutes of twelve Monday meetings"),
            Found(22, true, "Minutes of all four teams seen, lists match the case system"),
            Found(37, false, "Two of four teams have stopped meeting since the summer"),
        ],
    ),
    (
        2,
        "Teach the assessment of neglect with the agreed tool to every social worker",
        Role::ProgrammeManager,
        "Learning and development lead",
        5,
        30,
        ("Social workers trained", "12 of 96", "96 of 96"),
        &[
            Said(14, High, "48 trained", ""),
            Said(26, High, "81 trained; sessions for starters every month", ""),
            Done(30, "Attendance lists; the remaining nine are on leave"),
            Found(33, true, "Lists compared with the payroll"),
        ],
    ),
    (
        3,
        "Give every child on a plan one named worker, and a second whom the child has met",
        Role::TeamManager,
        "Head of safeguarding",
        4,
        22,
        ("Children with two named workers", "not known", "all"),
        &[
            Said(9, Medium, "Done in South", "North has eleven vacant posts"),
            Said(18, Low, "North cannot name a second worker", "Agency social workers until January"),
            Later(
                20,
                34,
                "Eleven posts in North are vacant",
                Some((
                    false,
                    "A child cannot wait for recruitment. Borrow workers from South and tell us next month",
                )),
            ),
            Said(37, Low, "Six borrowed from South until Christmas", "The rest must come from the agency"),
        ],
    ),
    (
        3,
        "Have the conference chairs ring the team manager two days before a visit is late",
        Role::TeamManager,
        "Conference service manager",
        12,
        42,
        ("Visits overdue", "15%", "5%"),
        &[Said(20, High, "The list is sent every morning", ""), Said(36, High, "In all teams", "")],
    ),
    (
        4,
        "Review with each child placed over 20 miles away whether they can come nearer",
        Role::Director,
        "Head of corporate parenting",
        8,
        40,
        ("Children placed over 20 miles away", "31", "20"),
        &[
            Said(16, Medium, "Nineteen reviewed, four have moved", "Carers within the area are too few"),
            Later(36, 56, "Foster carers’ recruitment began in the summer", None),
            Said(37, Medium, "Twenty-seven reviewed, seven have moved", "Carers within the area are too few"),
        ],
    ),
    (
        4,
        "Write with each child in care a page that says what is planned, in their words",
        Role::Director,
        "Head of corporate parenting",
        10,
        46,
        ("Children with such a page", "0", "all 116"),
        &[Said(22, High, "Agreed with the Children in Care Council", "")],
    ),
    (
        5,
        "Agree with the housing service that no care leaver is placed in bed and breakfast",
        Role::Director,
        "Head of corporate parenting",
        6,
        18,
        ("Care leavers in bed and breakfast", "7", "0"),
        &[
            Said(12, High, "Signed by both directors", ""),
            Done(17, "The agreement, and the housing list of week 17"),
            Found(21, true, "Nobody on the list of week 20"),
        ],
    ),
    (
        5,
        "Give every care leaver under 21 a personal adviser whom they choose",
        Role::Director,
        "Head of corporate parenting",
        8,
        24,
        ("Care leavers who chose", "not known", "all"),
        &[Done(24, "Forms of 61 of 61"), Found(27, true, "Ten forms compared with the records")],
    ),
    (
        6,
        "Send the police’s list of missing children to the team each morning",
        Role::Partner,
        "Superintendent, vulnerability",
        5,
        16,
        ("Reports matched on the same day", "52%", "100%"),
        &[
            Said(9, High, "Sent since Monday", ""),
            Done(15, "The list of each day since week 9"),
            Found(19, true, "Four weeks compared: 96 of 98 matched"),
        ],
    ),
    (
        6,
        "Commission return interviews from somebody independent, seven days a week",
        Role::TeamManager,
        "Commissioning manager",
        8,
        28,
        ("Return interviews within 72 hours", "38%", "85%"),
        &[
            Said(18, Medium, "Contract awarded", "The provider covers weekends from the autumn only"),
            Later(
                26,
                40,
                "The provider’s weekend service starts in week 34",
                Some((true, "Agreed with a weekly report until then")),
            ),
            Said(36, High, "Weekends covered since week 34", ""),
        ],
    ),
    (
        7,
        "Bring every caseload below eighteen",
        Role::ProgrammeManager,
        "Head of workforce",
        4,
        36,
        ("Social workers with more than eighteen children", "41", "0"),
        &[
            Said(13, Medium, "Twenty-nine", "Vacancies in North"),
            Said(24, Medium, "Nineteen", "Vacancies in North"),
            ByHand(37, Status::FellBack, "Nineteen has become twenty-three since two workers left"),
        ],
    ),
    (
        7,
        "Hold supervision every month for every social worker, and record what it says of each child",
        Role::TeamManager,
        "Heads of service",
        4,
        26,
        ("Supervision held in the month", "55%", "95%"),
        &[
            Said(11, High, "The form is in use", ""),
            Done(25, "The monthly table of May and June"),
            Found(29, true, "Twenty records read"),
        ],
    ),
    (
        8,
        "Audit twelve files a month, each graded twice",
        Role::Auditor,
        "Principal social worker",
        6,
        18,
        ("Files audited and graded twice", "0 a month", "12 a month"),
        &[
            Said(10, High, "Ten auditors trained", ""),
            Done(18, "Twelve files of April, with both grades"),
            Found(20, true, "Grades of April and May seen; eight of twelve agree"),
        ],
    ),
    (
        8,
        "Give the board one page of what files show, each month",
        Role::Auditor,
        "Principal social worker",
        10,
        22,
        ("Board meetings with the page", "0 of 3", "every one"),
        &[Done(21, "The page of the last three meetings"), Found(24, true, "In the last three packs")],
    ),
];

/// Objective, weeks after the notice, whether a difference was found, what figures, audits and people say.
const TESTS: [(usize, i64, bool, &str, &str, &str); 3] = [
    (
        1,
        24,
        true,
        "Re-referrals within a year fell from 27% to 21%",
        "Thirteen of fifteen audited decisions were right",
        "Nine of twelve parents said that somebody rang back",
    ),
    (
        7,
        30,
        false,
        "Nineteen caseloads above eighteen; agency share unchanged",
        "",
        "“I have had four social workers this year” (survey of children in care)",
    ),
    (8, 33, false, "", "Auditors agree on eight of twelve files, no better than in spring", ""),
];

/// What may happen or has, for children, whether it has, the objective, who answers for it, scores from the first review to
/// the newest, what holds it at each, the week of each, the target, and weeks to the next look after the last.
type RiskFacts =
    (&'static str, &'static str, bool, usize, Role, &'static [(i64, u8, u8, &'static str)], (u8, u8), i64);

const RISKS: [RiskFacts; 5] = [
    (
        "Social workers leave North faster than they come",
        "Children lose the person they know",
        true,
        7,
        Role::ProgrammeManager,
        &[
            (5, 4, 4, "Agency cover"),
            (18, 5, 4, "Six borrowed from South"),
            (36, 5, 4, "A retention payment from January"),
        ],
        (2, 3),
        4,
    ),
    (
        "Foster carers within the area are too few",
        "Children are placed far from school and friends",
        false,
        4,
        Role::Director,
        &[(6, 4, 4, "Recruitment with two neighbours"), (30, 3, 4, "Eleven households in assessment")],
        (2, 3),
        8,
    ),
    (
        "The case system is replaced in the spring",
        "Visits and reviews are not recorded for weeks",
        false,
        8,
        Role::Analyst,
        &[(20, 3, 3, "Both systems run side by side for a month")],
        (1, 3),
        12,
    ),
    (
        "The provider of return interviews stops",
        "Children who went missing are asked by nobody",
        false,
        6,
        Role::TeamManager,
        &[(12, 3, 4, "A notice period of six months"), (34, 2, 4, "Weekend service runs")],
        (1, 4),
        2,
    ),
    (
        "Money for early help ends with the year",
        "Families get help only when things are bad",
        false,
        1,
        Role::Director,
        &[
            (8, 4, 3, "A bid to the health service"),
            (28, 4, 4, "The bid was refused; a growth item in the budget"),
        ],
        (2, 2),
        6,
    ),
];

/// Tells it all, day by day.
pub async fn tell(service: &Demonstration, accounts: &[Account], days: &Days) -> Result<()> {
    let teller = Teller { service, accounts, days };
    let programme = teller.programme().await?;
    let episode = programme.current_episode().context("the demonstration has no intervention")?.id;
    let mut objectives = Vec::new();
    for facts in OBJECTIVES {
        objectives.push(teller.objective(&programme, episode, facts).await?);
    }
    for facts in ACTIONS {
        teller.action(objectives[facts.0 - 1], facts).await?;
    }
    for (number, week, holds, data, audit, voice) in TESTS {
        let objective = Seen { id: objectives[number - 1], version: 1 };
        let (data, audit, voice) = (data.to_owned(), audit.to_owned(), voice.to_owned());
        let on = teller.week(week);
        let test = TestObjective { objective, on, holds, data, audit, voice };
        teller.act(Role::Chair, on, test).await?;
    }
    for facts in &RISKS {
        teller.risk(episode, objectives[facts.3 - 1], facts).await?;
    }
    Ok(())
}

struct Teller<'a> {
    service: &'a Demonstration,
    accounts: &'a [Account],
    days: &'a Days,
}

impl Teller<'_> {
    /// The day so many weeks after the notice, never after yesterday.
    fn week(&self, week: i64) -> Date {
        self.days.issued.saturating_add(week.weeks()).min(self.days.today.saturating_sub(1.days()))
    }

    async fn act<A: Act>(&self, role: Role, on: Date, act: A) -> Result<A::Outcome> {
        super::act(self.service, self.accounts, self.days, (role, on), act).await
    }

    async fn programme(&self) -> Result<std::sync::Arc<Programme>> {
        let scope = self.service.authoriser.scope(acting(self.accounts, Role::ProgrammeManager)?);
        Ok(self.service.programme_now(&scope).await?)
    }

    async fn objective(
        &self,
        programme: &Programme,
        episode: vocabulary::id::EpisodeId,
        (theme, outcome, answers, lead, post, measures, audit, voice): ObjectiveFacts,
    ) -> Result<ObjectiveId> {
        let answered = programme.trace().into_iter().filter(|sourced| {
            let text = sourced.text.to_lowercase();
            answers.iter().any(|word| text.contains(word))
        });
        let words = ObjectiveWords {
            theme: theme.to_owned(),
            outcome: outcome.to_owned(),
            sources: answered.map(|sourced| sourced.source).collect(),
            lead: Some(acting(self.accounts, lead)?.person),
            post: post.to_owned(),
            forum: BOARD.to_owned(),
            measures: measures.iter().map(|code| (*code).to_owned()).collect(),
            audit: audit.to_owned(),
            voice: voice.to_owned(),
        };
        self.act(Role::ProgrammeManager, self.week(4), AddObjective { episode, words }).await
    }

    async fn action(&self, objective: ObjectiveId, facts: &ActionFacts) -> Result<()> {
        let &(_, title, lead, post, start, due, (what, baseline, target), events) = facts;
        let day = |week: i64| self.days.issued.saturating_add(week.weeks());
        let success = SuccessMeasure {
            what: what.to_owned(),
            baseline: baseline.to_owned(),
            target: target.to_owned(),
            by: None,
        };
        let add = AddPlanAction {
            objective,
            title: title.to_owned(),
            sources: Vec::new(),
            lead: Some(acting(self.accounts, lead)?.person),
            post: post.to_owned(),
            partner: None,
            start: day(start),
            due: day(due),
            success,
            forum: BOARD.to_owned(),
        };
        let id = self.act(Role::ProgrammeManager, self.week(4), add).await?;
        let mut version = 1;
        for event in events {
            version = self.event(id, version, lead, event).await?;
        }
        Ok(())
    }

    async fn risk(
        &self,
        episode: vocabulary::id::EpisodeId,
        objective: ObjectiveId,
        &(what, effect, is_issue, _, owner, reviews, target, weeks_to_next): &RiskFacts,
    ) -> Result<()> {
        let mut seen = None;
        for &(week, likelihood, impact, control) in reviews {
            let on = self.week(week);
            let review_by = on.saturating_add(weeks_to_next.weeks());
            let (now, control) = (Score::new(likelihood, impact), control.to_owned());
            match seen {
                None => {
                    let raise = RaiseRisk {
                        episode,
                        is_issue,
                        what: what.to_owned(),
                        effect: effect.to_owned(),
                        objective: Some(objective),
                        owner: Some(acting(self.accounts, owner)?.person),
                        now,
                        target: Score::new(target.0, target.1),
                        control,
                        review_by,
                    };
                    let id = self.act(Role::ProgrammeManager, on, raise).await?;
                    seen = Some(Seen { id, version: 1 });
                }
                Some(risk) => {
                    self.act(owner, on, ReviewRisk { risk, is_issue, now, control, review_by }).await?;
                    seen = Some(Seen { version: risk.version + 1, ..risk });
                }
            }
        }
        Ok(())
    }

    /// Tells an event; the version after it.
    async fn event(&self, id: PlanActionId, version: i64, lead: Role, event: &Event) -> Result<i64> {
        let action = Seen { id, version };
        // Whoever verifies is never the lead.
        let verifier = if lead == Role::Director { Role::Chair } else { Role::Director };
        match *event {
            Said(week, confidence, note, barrier) => {
                let (note, barrier) = (note.to_owned(), barrier.to_owned());
                let said = ReportProgress { action, note, confidence: Some(confidence), barrier };
                self.act(lead, self.week(week), said).await?;
            }
            Done(week, evidence) => {
                let on = self.week(week);
                self.act(lead, on, ReportDone { action, on, evidence: evidence.to_owned() }).await?;
            }
            Found(week, holds, finding) => {
                let on = self.week(week);
                let check = CheckPlanAction { action, on, holds, finding: finding.to_owned() };
                self.act(verifier, on, check).await?;
            }
            Later(week, to, reason, answer) => {
                let to = self.days.issued.saturating_add(to.weeks());
                let ask = AskRevision { action, to, reason: reason.to_owned() };
                self.act(lead, self.week(week), ask).await?;
                if let Some((agreed, reason)) = answer {
                    let action = Seen { id, version: version + 1 };
                    let answer = AnswerRevision { action, agreed, reason: reason.to_owned() };
                    self.act(Role::Chair, self.week(week + 2), answer).await?;
                    return Ok(version + 2);
                }
            }
            ByHand(week, status, reason) => {
                let set = SetStatusByHand { action, status: Some(status), reason: reason.to_owned() };
                self.act(lead, self.week(week), set).await?;
            }
        }
        Ok(version + 1)
    }
}
