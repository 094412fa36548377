//! What people do with an action: add it, say how it stands in three fields, report it done, verify it, ask for a later day
//! and answer that, set a status by hand and approve one. Each is one form.

use axum::extract::Path;
use axum::response::Response;
use improvement::plan::status::{Status, by_rule};
use improvement::plan::{Confidence, PlanAction, SuccessMeasure};
use service::acts::{
    AddPlanAction, AnswerRevision, ApproveStatusByHand, AskRevision, CheckPlanAction, ReportDone,
    ReportProgress, Seen, SetStatusByHand,
};
use service::{Act, Action, Problem, Programme};
use vocabulary::date::day_in_words;
use vocabulary::id::{PartnerId, PlanActionId, UserId};

use super::action::find;
use super::objective_acts::people;
use super::{objective, sources};
use crate::components::{Choices, DateInput, Input, Problems, Select, Textarea};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::pages::duties::question::{
    Answers, QuestionPage, Sent, parts_of, programme_now, refused, send, typed_date,
};
use crate::viewer::Viewer;

/// Asks for a new action under an objective.
pub async fn ask_new(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    Ok(new_question(&viewer, &id, &Fields::default(), Problems::default()).await?.show(&viewer))
}

/// Adds it.
pub async fn add(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let objective = objective::find(&programme, &id).map_err(refused(&viewer))?;
    let text = |name: &str| fields.text(name).trim().to_owned();
    let mut answers = Answers::default();
    let act = AddPlanAction {
        objective: objective.id,
        title: text("title"),
        sources: sources::chosen(&programme, &fields),
        lead: UserId::parse(fields.text("lead")),
        post: text("post"),
        partner: PartnerId::parse(fields.text("partner")),
        start: answers.day(&fields, "start"),
        due: answers.day(&fields, "due"),
        success: SuccessMeasure {
            what: text("success"),
            baseline: text("baseline"),
            target: text("target"),
            by: answers.take(fields.maybe_day("by")),
        },
        forum: text("forum"),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(id) => Ok(viewer.after(&format!("/plan/actions/{id}"), "action-added")),
        Sent::Again(problems) => Ok(new_question(&viewer, &id, &fields, problems).await?.show(&viewer)),
    }
}

async fn new_question(
    viewer: &Viewer,
    id: &str,
    typed: &Fields,
    problems: Problems,
) -> Result<QuestionPage, Refused> {
    let programme = viewer.programme().await.map_err(refused(viewer))?;
    let objective = objective::find(&programme, id).map_err(refused(viewer))?;
    let input = |name: &'static str, words: &str, hint: &str| {
        Input::new(name, words).hint(hint).value(typed.text(name)).problem_in(&problems)
    };
    let date = |name: &'static str, words: &str| {
        let [day, month, year] = typed_date(typed, name);
        DateInput::new(name, words).values(day, month, year).problem_in(&problems)
    };
    let partners = programme.partners.iter().filter(|partner| partner.to.is_none());
    let nobody = Select::new("partner", "Which partner agency does it with the council?").option("", "None");
    let partner = partners.fold(nobody, |select, partner| select.option(partner.id, &partner.name));
    let chosen = sources::chosen(&programme, typed);
    let page = super::frame(viewer, &programme, "Add an action", &[]);
    Ok(QuestionPage::new(page, viewer, "Add the action", format!("/plan/objectives/{id}"))
        .says(&format!("Objective {}: {}", objective.number, objective.outcome))
        .asks(
            Textarea::new("title", "What is done?").rows(2).value(typed.text("title")).problem_in(&problems),
        )
        .asks(people(viewer, "lead", typed.text("lead"), &problems).await?)
        .asks(input("post", "Their post", "It stays when the person goes."))
        .asks(partner.chosen(typed.text("partner")))
        .asks(date("start", "First day"))
        .asks(date("due", "Last day"))
        .asks(input(
            "success",
            "How is it known to have worked?",
            "What is looked at: a measure, an audit question, what people say.",
        ))
        .asks(input(
            "baseline",
            "Where does it stand now?",
            "With its day. Leave it empty where nobody knows.",
        ))
        .asks(input("target", "What is it to be?", "For example, 95% or every child."))
        .asks(date("by", "By when, if that is another day"))
        .asks(input("forum", "Which body tests it?", "For example, the improvement board."))
        .asks(sources::question(&programme, &chosen))
        .with_problems(problems))
}

/// The action that a form is about, at the version that the person saw.
fn seen(action: &PlanAction, fields: &Fields) -> Seen<PlanActionId> {
    Seen { id: action.id, version: fields.number("version").unwrap_or_default() }
}

/// A form about one action.
struct Form {
    heading: &'static str,
    button: &'static str,
    says: String,
    /// The action that the viewer needs leave for.
    leave: Action,
}

impl Form {
    fn page(self, viewer: &Viewer, programme: &Programme, action: &PlanAction) -> QuestionPage {
        let frame = super::frame(viewer, programme, self.heading, &[]);
        QuestionPage::new(frame, viewer, self.button, format!("/plan/actions/{}", action.id))
            .says(&action.title)
            .says(&self.says)
            .sends("version", action.version)
            .after_step_up(viewer, self.leave, "")
    }
}

type Questions = fn(&Viewer, &Programme, &PlanAction, &Fields, &Problems) -> QuestionPage;

/// Shows a form about the action of an address.
async fn shown(viewer: &Viewer, id: &str, questions: Questions) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(viewer))?;
    let action = find(&programme, id).map_err(refused(viewer))?;
    Ok(questions(viewer, &programme, action, &Fields::default(), &Problems::default()).show(viewer))
}

/// Performs what a form says, or shows it again with what is wrong.
async fn sent<A: Act>(
    viewer: &Viewer,
    (id, fields, done): (&str, &Fields, &str),
    questions: Questions,
    act: impl FnOnce(&PlanAction) -> Result<A, Vec<Problem>>,
) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(viewer))?;
    let action = find(&programme, id).map_err(refused(viewer))?;
    match send(viewer, fields, act(action)).await? {
        Sent::Done(_) => Ok(viewer.after(&format!("/plan/actions/{id}"), done)),
        Sent::Again(problems) => {
            let programme = programme_now(viewer).await?;
            let action = find(&programme, id).map_err(refused(viewer))?;
            Ok(questions(viewer, &programme, action, fields, &problems).with_problems(problems).show(viewer))
        }
    }
}

/// A date question that is nearly always today.
fn date_today(
    name: &'static str,
    words: &str,
    programme: &Programme,
    typed: &Fields,
    problems: &Problems,
) -> DateInput {
    let [day, month, year] = match typed.maybe("form_token") {
        Some(_) => typed_date(typed, name),
        None => parts_of(programme.as_at),
    };
    DateInput::new(name, words).values(day, month, year).problem_in(problems)
}

/// Asks how an action stands.
pub async fn ask_progress(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    shown(&viewer, &id, progress_questions).await
}

/// Records how it stands.
pub async fn progress(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    sent(&viewer, (&id, &fields, "progress-told"), progress_questions, |action| {
        Ok(ReportProgress {
            action: seen(action, &fields),
            note: fields.text("note").to_owned(),
            confidence: Confidence::parse(fields.text("confidence")),
            barrier: fields.text("barrier").to_owned(),
        })
    })
    .await
}

fn progress_questions(
    viewer: &Viewer,
    programme: &Programme,
    action: &PlanAction,
    typed: &Fields,
    problems: &Problems,
) -> QuestionPage {
    let newest = action.newest_progress();
    let before = newest.map(|said| format!("On {} it was said: {}", day_in_words(said.on), said.note));
    let form = Form {
        heading: "How does it stand?",
        button: "Say so",
        says: before.unwrap_or_else(|| {
            format!("Due by {}. Nothing was said of it yet.", day_in_words(action.due_now()))
        }),
        leave: Action::UpdatePlanAction,
    };
    let confidence = Confidence::ALL.into_iter().fold(
        Choices::radios("confidence", "How sure are you that it will be done in time?"),
        |choices, degree| choices.choice(degree.code(), degree.words()),
    );
    form.page(viewer, programme, action)
        .asks(
            Textarea::new("note", "What was done since?")
                .at_most_characters(1_000)
                .value(typed.text("note"))
                .problem_in(problems),
        )
        .asks(confidence.chosen(typed.text("confidence")).problem_in(problems))
        .asks(
            Textarea::new("barrier", "What stands in the way, or what do you ask of whom?")
                .hint("Leave it empty if nothing does.")
                .rows(3)
                .value(typed.text("barrier"))
                .problem_in(problems),
        )
}

/// Asks what shows that an action is done.
pub async fn ask_done(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    shown(&viewer, &id, done_questions).await
}

/// Reports it done.
pub async fn done(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    sent(&viewer, (&id, &fields, "action-done"), done_questions, |action| {
        let mut answers = Answers::default();
        let act = ReportDone {
            action: seen(action, &fields),
            on: answers.day(&fields, "on"),
            evidence: fields.text("evidence").to_owned(),
        };
        answers.or(act)
    })
    .await
}

fn done_questions(
    viewer: &Viewer,
    programme: &Programme,
    action: &PlanAction,
    typed: &Fields,
    problems: &Problems,
) -> QuestionPage {
    let form = Form {
        heading: "Report it done",
        button: "Report it done",
        says: "Done is not verified: somebody else looks at what shows it.".to_owned(),
        leave: Action::UpdatePlanAction,
    };
    form.page(viewer, programme, action)
        .asks(date_today("on", "When was it done?", programme, typed, problems))
        .asks(
            Textarea::new("evidence", "What shows it, and where is that kept?")
                .at_most_characters(1_000)
                .value(typed.text("evidence"))
                .problem_in(problems),
        )
}

/// Asks what somebody else found.
pub async fn ask_check(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    shown(&viewer, &id, check_questions).await
}

/// Records what they found.
pub async fn check(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    sent(&viewer, (&id, &fields, "action-checked"), check_questions, |action| {
        let mut answers = Answers::default();
        let holds = answers.need(fields.maybe("holds"), "holds", "Choose what was found.");
        let act = CheckPlanAction {
            action: seen(action, &fields),
            on: answers.day(&fields, "on"),
            holds: holds == Some("yes"),
            finding: fields.text("finding").to_owned(),
        };
        answers.or(act)
    })
    .await
}

fn check_questions(
    viewer: &Viewer,
    programme: &Programme,
    action: &PlanAction,
    typed: &Fields,
    problems: &Problems,
) -> QuestionPage {
    let says = action.done.as_ref().map(|done| {
        let by = programme.name_of(done.stamp.by);
        format!("{by} reported it done on {}: {}", day_in_words(done.on), done.evidence)
    });
    let form = Form {
        heading: "Does it hold?",
        button: "Record what was found",
        says: says.unwrap_or_else(|| "It is not reported done.".to_owned()),
        leave: Action::VerifyPlan,
    };
    form.page(viewer, programme, action)
        .asks(date_today("on", "When was it looked at?", programme, typed, problems))
        .asks(
            Textarea::new("finding", "What was looked at, and what was found?")
                .at_most_characters(1_000)
                .value(typed.text("finding"))
                .problem_in(problems),
        )
        .asks(
            Choices::radios("holds", "What was found?")
                .choice("yes", "It is done, and it holds")
                .choice("no", "It is not done, or no longer holds: it goes back to its lead")
                .chosen(typed.text("holds"))
                .problem_in(problems),
        )
}

/// Asks for a later day.
pub async fn ask_later(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    shown(&viewer, &id, later_questions).await
}

/// Sends the request to the board.
pub async fn later(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    sent(&viewer, (&id, &fields, "later-asked"), later_questions, |action| {
        let mut answers = Answers::default();
        let act = AskRevision {
            action: seen(action, &fields),
            to: answers.day(&fields, "to"),
            reason: fields.text("reason").to_owned(),
        };
        answers.or(act)
    })
    .await
}

fn later_questions(
    viewer: &Viewer,
    programme: &Programme,
    action: &PlanAction,
    typed: &Fields,
    problems: &Problems,
) -> QuestionPage {
    let form = Form {
        heading: "Ask the board for a later day",
        button: "Send the request",
        says: format!(
            "Due by {}. Until the board agrees, that day counts: what is overdue stays overdue.",
            day_in_words(action.due_now())
        ),
        leave: Action::UpdatePlanAction,
    };
    let [day, month, year] = typed_date(typed, "to");
    form.page(viewer, programme, action)
        .asks(DateInput::new("to", "Which day do you ask for?").values(day, month, year).problem_in(problems))
        .asks(
            Textarea::new("reason", "Why does it need longer?")
                .at_most_characters(500)
                .value(typed.text("reason"))
                .problem_in(problems),
        )
}

/// Asks what the board answered.
pub async fn ask_answer(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    shown(&viewer, &id, answer_questions).await
}

/// Records the board's answer.
pub async fn answer(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    sent(&viewer, (&id, &fields, "later-answered"), answer_questions, |action| {
        let mut answers = Answers::default();
        let agreed = answers.need(fields.maybe("agreed"), "agreed", "Choose what the board decided.");
        let act = AnswerRevision {
            action: seen(action, &fields),
            agreed: agreed == Some("yes"),
            reason: fields.text("reason").to_owned(),
        };
        answers.or(act)
    })
    .await
}

fn answer_questions(
    viewer: &Viewer,
    programme: &Programme,
    action: &PlanAction,
    typed: &Fields,
    problems: &Problems,
) -> QuestionPage {
    let asked = action.revision_waiting().map(|(_, revision)| {
        let by = programme.name_of(revision.asked.by);
        format!(
            "{by} asks for {} instead of {}: {}",
            day_in_words(revision.to),
            day_in_words(action.due_now()),
            revision.reason
        )
    });
    let form = Form {
        heading: "The board’s answer",
        button: "Record the answer",
        says: asked.unwrap_or_else(|| "No later day waits for an answer.".to_owned()),
        leave: Action::AnswerRevision,
    };
    form.page(viewer, programme, action)
        .asks(
            Choices::radios("agreed", "What did the board decide?")
                .choice("yes", "It agreed: the later day counts from now on")
                .choice("no", "It refused: the day before goes on counting")
                .chosen(typed.text("agreed"))
                .problem_in(problems),
        )
        .asks(
            Textarea::new("reason", "Why?")
                .at_most_characters(500)
                .value(typed.text("reason"))
                .problem_in(problems),
        )
}

/// Asks for a status by hand.
pub async fn ask_status(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    shown(&viewer, &id, status_questions).await
}

/// Sets it.
pub async fn status(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    sent(&viewer, (&id, &fields, "status-set"), status_questions, |action| {
        Ok(SetStatusByHand {
            action: seen(action, &fields),
            status: Status::parse(fields.text("status")),
            reason: fields.text("status_reason").to_owned(),
        })
    })
    .await
}

fn status_questions(
    viewer: &Viewer,
    programme: &Programme,
    action: &PlanAction,
    typed: &Fields,
    problems: &Problems,
) -> QuestionPage {
    let told = by_rule(action, programme.as_at);
    let form = Form {
        heading: "Set a status by hand",
        button: "Set the status",
        says: format!(
            "By the rule it is: {} ({}). A worse status counts at once. A better one counts once a second person approved it; \
             both are printed.",
            told.status.words(),
            told.why
        ),
        leave: Action::UpdatePlanAction,
    };
    let by_hand =
        Status::ALL.into_iter().filter(|status| !matches!(status, Status::Verified | Status::Waiting));
    let select = Select::new("status", "Status").option("", "The rule’s: none by hand");
    let select = by_hand.fold(select, |select, status| select.option(status.code(), status.words()));
    form.page(viewer, programme, action).asks(select.chosen(typed.text("status")).problem_in(problems)).asks(
        Textarea::new("status_reason", "Why does the rule not say it?")
            .at_most_characters(500)
            .value(typed.text("status_reason"))
            .problem_in(problems),
    )
}

/// Asks whether a status by hand is approved.
pub async fn ask_approve(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    shown(&viewer, &id, approve_questions).await
}

/// Approves it.
pub async fn approve(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    sent(&viewer, (&id, &fields, "status-approved"), approve_questions, |action| {
        Ok(ApproveStatusByHand { action: seen(action, &fields) })
    })
    .await
}

fn approve_questions(
    viewer: &Viewer,
    programme: &Programme,
    action: &PlanAction,
    _: &Fields,
    _: &Problems,
) -> QuestionPage {
    let told = by_rule(action, programme.as_at);
    let says = action.manual.as_ref().map(|manual| {
        let by = programme.name_of(manual.stamp.by);
        format!(
            "{by} sets “{}” where the rule says “{}”: {}",
            manual.status.words(),
            told.status.words(),
            manual.reason
        )
    });
    Form {
        heading: "Approve a status by hand",
        button: "Approve it",
        says: says.unwrap_or_else(|| "No status by hand waits for a second person.".to_owned()),
        leave: Action::VerifyPlan,
    }
    .page(viewer, programme, action)
}

#[cfg(test)]
pub(super) mod tests {
    use service::Role;

    use crate::trial::Trial;

    /// An action of the head of service, due at the end of May, under the first objective; today is 10 June 2026.
    pub async fn late_action(trial: &Trial) -> String {
        let lead = Trial::person_in(Role::HeadOfService);
        let objective = format!(
            "theme=Front+door&outcome=Children+are+seen+within+days&post=Head+of+safeguarding&forum=Board&lead={lead}\
             &measures=&audit=&voice="
        );
        let added = trial.post(Role::ProgrammeManager, "/plan/objectives/new", &objective).await;
        let path = added.location.split('?').next().unwrap().to_owned();
        let form = format!(
            "title=Every+discussion+has+its+health+partner&lead={lead}&post=Head+of+safeguarding&partner=&forum=Board\
             &start-day=1&start-month=3&start-year=2026&due-day=31&due-month=5&due-year=2026\
             &success=Discussions+with+health&baseline=40%25&target=95%25&by-day=&by-month=&by-year="
        );
        let added = trial.post(Role::ProgrammeManager, &format!("{path}/actions/new"), &form).await;
        assert!(added.location.ends_with("?done=action-added"), "{}", added.body);
        added.location.split('?').next().unwrap().to_owned()
    }

    async fn page(trial: &Trial, path: &str) -> String {
        trial.get(Some(Role::DepartmentOfficial), path).await.body
    }

    #[tokio::test]
    async fn the_board_refuses_a_later_day_and_the_action_stays_overdue() {
        let trial = Trial::new().await;
        let path = late_action(&trial).await;
        assert!(page(&trial, &path).await.contains("Overdue"));
        let ask = "version=1&to-day=31&to-month=8&to-year=2026&reason=Two+posts+are+vacant";
        let asked = trial.post(Role::HeadOfService, &format!("{path}/later"), ask).await;
        assert!(asked.location.ends_with("?done=later-asked"), "{}", asked.body);
        let waiting = page(&trial, &path).await;
        assert!(waiting.contains("Overdue") && waiting.contains("The board has not answered"), "{waiting}");
        let own =
            trial.post(Role::HeadOfService, &format!("{path}/answer"), "version=2&agreed=yes&reason=x").await;
        assert_eq!(own.status, 404, "only the board, through its chair, answers");
        let refused = "version=2&agreed=no&reason=Recruit+first";
        let answered = trial.post(Role::Chair, &format!("{path}/answer"), refused).await;
        assert!(answered.location.ends_with("?done=later-answered"), "{}", answered.body);
        let told = page(&trial, &path).await;
        assert!(told.contains("Overdue") && told.contains("The board refused: Recruit first"), "{told}");
        let plan = page(&trial, "/plan").await;
        assert!(plan.contains("1 action is past the day that counts"), "{plan}");
    }

    #[tokio::test]
    async fn an_owner_says_how_it_stands_and_somebody_else_verifies_that_it_is_done() {
        let trial = Trial::new().await;
        let path = late_action(&trial).await;
        let said =
            "version=1&note=Health+attends+from+May&confidence=medium&barrier=The+hospital+has+no+rota";
        let told = trial.post(Role::HeadOfService, &format!("{path}/progress"), said).await;
        assert!(told.location.ends_with("?done=progress-told"), "{}", told.body);
        let again = said.replace("version=1", "version=2");
        let stranger = trial.post(Role::TeamManager, &format!("{path}/progress"), &again).await;
        assert_eq!(stranger.status, 422);
        assert!(stranger.body.contains("Somebody else leads this action"), "{}", stranger.body);
        let done = "version=2&on-day=9&on-month=6&on-year=2026&evidence=Rota+of+May";
        let reported = trial.post(Role::HeadOfService, &format!("{path}/done"), done).await;
        assert!(reported.location.ends_with("?done=action-done"), "{}", reported.body);
        let check = "version=3&on-day=10&on-month=6&on-year=2026&finding=Ten+cases+read&holds=yes";
        let checked = trial.post(Role::Chair, &format!("{path}/check"), check).await;
        assert!(checked.location.ends_with("?done=action-checked"), "{}", checked.body);
        let page = page(&trial, &path).await;
        for words in
            ["Done and verified", "Health attends from May", "The hospital has no rota", "Ten cases read"]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
    }

    #[tokio::test]
    async fn a_better_status_by_hand_counts_only_once_somebody_else_approved_it() {
        let trial = Trial::new().await;
        let path = late_action(&trial).await;
        let set = "version=1&status=on-track&status_reason=Done+in+practice";
        let done = trial.post(Role::HeadOfService, &format!("{path}/status"), set).await;
        assert!(done.location.ends_with("?done=status-set"), "{}", done.body);
        let waits = page(&trial, &path).await;
        assert!(waits.contains("waits for a second person"), "{waits}");
        assert!(page(&trial, "/plan").await.contains("1 overdue"));
        let approved = trial.post(Role::Director, &format!("{path}/approve"), "version=2").await;
        assert!(approved.location.ends_with("?done=status-approved"), "{}", approved.body);
        let told = page(&trial, &path).await;
        assert!(told.contains("By the rule") && told.contains("approved by"), "both are printed: {told}");
        assert!(!page(&trial, "/plan").await.contains("1 overdue"));
    }
}
