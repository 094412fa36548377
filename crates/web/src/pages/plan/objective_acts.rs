//! Adding and changing an objective, and testing whether it made a difference.

use axum::extract::Path;
use axum::response::Response;
use improvement::plan::Objective;
use service::acts::{AddObjective, EditObjective, ObjectiveWords, Seen, TestObjective};
use service::{Action, Programme, Refusal};
use vocabulary::id::UserId;

use super::objective::find;
use super::sources;
use crate::components::{Choices, DateInput, Input, Problems, Select, Textarea};
use crate::errors::Refused;
use crate::fields::Fields;
use crate::pages::duties::question::{
    Answers, QuestionPage, Sent, parts_of, programme_now, refused, send, typed_date,
};
use crate::viewer::Viewer;

/// Asks for a new objective.
pub async fn ask(viewer: Viewer) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    Ok(question(&viewer, &programme, None, &Fields::default(), Problems::default()).await?.show(&viewer))
}

/// Adds it.
pub async fn add(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let episode = programme.current_episode().ok_or(Refusal::NotFound).map_err(refused(&viewer))?;
    let act = AddObjective { episode: episode.id, words: words(&programme, &fields) };
    match send(&viewer, &fields, Ok(act)).await? {
        Sent::Done(id) => Ok(viewer.after(&format!("/plan/objectives/{id}"), "objective-added")),
        Sent::Again(problems) => {
            Ok(question(&viewer, &programme, None, &fields, problems).await?.show(&viewer))
        }
    }
}

/// Asks what an objective says from now on.
pub async fn ask_edit(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let objective = find(&programme, &id).map_err(refused(&viewer))?;
    let typed = Fields::default();
    let page = question(&viewer, &programme, Some(objective), &typed, Problems::default()).await?;
    Ok(page.show(&viewer))
}

/// Changes it.
pub async fn edit(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let objective = find(&programme, &id).map_err(refused(&viewer))?;
    let seen = Seen { id: objective.id, version: fields.number("version").unwrap_or_default() };
    let act = EditObjective { objective: seen, words: words(&programme, &fields) };
    match send(&viewer, &fields, Ok(act)).await? {
        Sent::Done(_) => Ok(viewer.after(&format!("/plan/objectives/{id}"), "objective-changed")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let objective = find(&programme, &id).map_err(refused(&viewer))?;
            Ok(question(&viewer, &programme, Some(objective), &fields, problems).await?.show(&viewer))
        }
    }
}

fn words(programme: &Programme, fields: &Fields) -> ObjectiveWords {
    let text = |name: &str| fields.text(name).to_owned();
    let measures = fields.text("measures").lines().map(str::trim).filter(|line| !line.is_empty());
    ObjectiveWords {
        theme: text("theme"),
        outcome: text("outcome"),
        sources: sources::chosen(programme, fields),
        lead: UserId::parse(fields.text("lead")),
        post: text("post"),
        forum: text("forum"),
        measures: measures.map(str::to_owned).collect(),
        audit: text("audit"),
        voice: text("voice"),
    }
}

/// Everybody in the council as the choices of who answers for something.
pub async fn people(
    viewer: &Viewer,
    name: &str,
    chosen: &str,
    problems: &Problems,
) -> Result<Select, Refused> {
    let owners = viewer.service.owners(&viewer.scope).await.map_err(refused(viewer))?;
    let nobody = Select::new(name, "Who answers for it?").option("", "Choose a person");
    let select = owners.iter().fold(nobody, |select, (id, name)| select.option(id, name));
    Ok(select.chosen(chosen).problem_in(problems))
}

async fn question(
    viewer: &Viewer,
    programme: &Programme,
    known: Option<&Objective>,
    typed: &Fields,
    problems: Problems,
) -> Result<QuestionPage, Refused> {
    let was_sent = typed.maybe("form_token").is_some();
    let value = |name: &str, known: Option<String>| match was_sent {
        true => typed.text(name).to_owned(),
        false => known.unwrap_or_default(),
    };
    let (heading, button, back) = match known {
        Some(objective) => ("Change this objective", "Save", format!("/plan/objectives/{}", objective.id)),
        None => ("Add an objective", "Add the objective", "/plan".to_owned()),
    };
    let lead = value("lead", known.map(|objective| objective.lead.to_string()));
    let chosen = match was_sent {
        true => sources::chosen(programme, typed),
        false => known.map(|objective| objective.sources.clone()).unwrap_or_default(),
    };
    let input = |name: &'static str, words: &str, hint: &str, known: Option<String>| {
        Input::new(name, words).hint(hint).value(value(name, known)).problem_in(&problems)
    };
    let area = |name: &'static str, words: &str, hint: &str, known: Option<String>| {
        Textarea::new(name, words).hint(hint).rows(3).value(value(name, known)).problem_in(&problems)
    };
    let page = super::frame(viewer, programme, heading, &[]);
    let page = QuestionPage::new(page, viewer, button, back)
        .asks(input("theme", "Theme", "For example, the front door.", known.map(|known| known.theme.clone())))
        .asks(area(
            "outcome",
            "What will be different for children?",
            "One sentence, about children and not about the council.",
            known.map(|known| known.outcome.clone()),
        ))
        .asks(people(viewer, "lead", &lead, &problems).await?)
        .asks(input(
            "post",
            "Their post",
            "It stays when the person goes.",
            known.map(|known| known.post.clone()),
        ))
        .asks(input(
            "forum",
            "Which body tests it?",
            "For example, the improvement board.",
            known.map(|known| known.forum.clone()),
        ))
        .asks(area(
            "measures",
            "Figures: which measures would show it?",
            "One code a line, as it ends the address of a measure on the scorecard.",
            known.map(|known| known.measures.join("\n")),
        ))
        .asks(area(
            "audit",
            "Audits: what are they asked?",
            "Leave it empty while nothing is, and the objective says so.",
            known.map(|known| known.audit.clone()),
        ))
        .asks(area(
            "voice",
            "Voices: whom does it ask among children, families and staff?",
            "Leave it empty while nobody is asked, and the objective says so.",
            known.map(|known| known.voice.clone()),
        ))
        .asks(sources::question(programme, &chosen));
    let page = match known {
        Some(objective) => page.sends("version", objective.version),
        None => page,
    };
    Ok(page.with_problems(problems))
}

/// Asks whether an objective made a difference.
pub async fn ask_test(viewer: Viewer, Path(id): Path<String>) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let objective = find(&programme, &id).map_err(refused(&viewer))?;
    let today = parts_of(programme.as_at);
    Ok(test_question(&viewer, &programme, objective, &Fields::default(), today, Problems::default())
        .show(&viewer))
}

/// Records what was found.
pub async fn test(viewer: Viewer, Path(id): Path<String>, fields: Fields) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let objective = find(&programme, &id).map_err(refused(&viewer))?;
    let mut answers = Answers::default();
    let holds = answers.need(fields.maybe("holds"), "holds", "Choose what was found.");
    let act = TestObjective {
        objective: Seen { id: objective.id, version: fields.number("version").unwrap_or_default() },
        on: answers.day(&fields, "on"),
        holds: holds == Some("yes"),
        data: fields.text("data").to_owned(),
        audit: fields.text("audit").to_owned(),
        voice: fields.text("voice").to_owned(),
    };
    match send(&viewer, &fields, answers.or(act)).await? {
        Sent::Done(_) => Ok(viewer.after(&format!("/plan/objectives/{id}"), "objective-tested")),
        Sent::Again(problems) => {
            let programme = programme_now(&viewer).await?;
            let objective = find(&programme, &id).map_err(refused(&viewer))?;
            let typed = typed_date(&fields, "on");
            Ok(test_question(&viewer, &programme, objective, &fields, typed, problems).show(&viewer))
        }
    }
}

fn test_question(
    viewer: &Viewer,
    programme: &Programme,
    objective: &Objective,
    typed: &Fields,
    [day, month, year]: [String; 3],
    problems: Problems,
) -> QuestionPage {
    let pillar = |name: &'static str, words: &str| {
        Textarea::new(name, words)
            .rows(3)
            .value(typed.text(name))
            .at_most_characters(1_000)
            .problem_in(&problems)
    };
    let page = super::frame(viewer, programme, "Did it make a difference for children?", &[]);
    QuestionPage::new(page, viewer, "Record what was found", format!("/plan/objectives/{}", objective.id))
        .says(&objective.outcome)
        .says("A difference counts as embedded only when it is found again three and six months later. Whoever answers for the objective does not test it.")
        .asks(DateInput::new("on", "For which day was it tested?").values(day, month, year).problem_in(&problems))
        .asks(pillar("data", "What do the figures show?"))
        .asks(pillar("audit", "What do audits show?"))
        .asks(pillar("voice", "What do children, families and staff say?"))
        .asks(
            Choices::radios("holds", "What was found?")
                .choice("yes", "A difference for children")
                .choice("no", "No difference, or none that can be shown")
                .chosen(typed.text("holds"))
                .problem_in(&problems),
        )
        .sends("version", objective.version)
        .after_step_up(viewer, Action::VerifyPlan, "")
        .with_problems(problems)
}

#[cfg(test)]
mod tests {
    use service::Role;

    use crate::trial::Trial;

    const FORM: &str = "theme=Front+door&outcome=Children+are+seen+within+days&post=Head+of+safeguarding\
                        &forum=Improvement+board&measures=assessment-45wd&audit=&voice=";

    #[tokio::test]
    async fn an_objective_is_added_by_the_programme_office_and_tested_by_somebody_else() {
        let trial = Trial::new().await;
        let lead = Trial::person_in(Role::HeadOfService);
        let form = format!("{FORM}&lead={lead}");
        let added = trial.post(Role::ProgrammeManager, "/plan/objectives/new", &form).await;
        assert!(added.location.ends_with("?done=objective-added"), "{}", added.body);
        let path = added.location.split('?').next().unwrap().to_owned();
        let page = trial.get(Some(Role::Chair), &path).await.body;
        for words in [
            "Children are seen within days",
            "Nothing stands on this pillar yet",
            "Nobody has tested it",
            "It has no action",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let none = trial.post(Role::Chair, &format!("{path}/test"), "version=1&on=&holds=yes").await;
        assert_eq!(none.status, 422, "a test says what was looked at");
        let test = "version=1&on-day=9&on-month=6&on-year=2026&holds=yes&data=91%25+in+time&audit=&voice=";
        let tested = trial.post(Role::Chair, &format!("{path}/test"), test).await;
        assert!(tested.location.ends_with("?done=objective-tested"), "{}", tested.body);
        let page = trial.get(Some(Role::Director), &path).await.body;
        assert!(
            page.contains("Shown since 9 June 2026") && page.contains("Test again by 9 September 2026"),
            "{page}"
        );
        let closed = trial.post(Role::ElectedMember, "/plan/objectives/new", &form).await;
        assert_eq!(closed.status, 404);
    }

    #[tokio::test]
    async fn an_objective_without_its_words_or_with_an_unknown_measure_is_refused_beside_each_field() {
        let trial = Trial::new().await;
        let form = FORM.replace("assessment-45wd", "no-such").replace("theme=Front+door", "theme=");
        let refused = trial.post(Role::ProgrammeManager, "/plan/objectives/new", &form).await;
        assert_eq!(refused.status, 422);
        for words in [
            "Enter the theme",
            "There is no measure “no-such”",
            "Choose who answers for it",
            "Children are seen within days",
        ] {
            assert!(refused.body.contains(words), "{words}: {}", refused.body);
        }
    }
}
