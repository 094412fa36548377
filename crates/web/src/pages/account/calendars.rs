//! Calendar feeds: the duties in one's own calendar program, under a secret address that is shown once.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use service::acts::{CreateFeed, RevokeFeed};
use service::{Action, Programme, Refusal, london_day};
use store::Feed;
use vocabulary::date::day_in_words;
use vocabulary::id::FeedId;
use vocabulary::party::Party;

use super::frame;
use crate::components::{Button, Input, Problems, Select, SelectOption};
use crate::errors::{self, Refused};
use crate::fields::Fields;
use crate::layout::Frame;
use crate::state::AppState;
use crate::viewer::Viewer;

#[derive(Template)]
#[template(path = "pages/account/calendars.html")]
struct CalendarsPage {
    frame: Frame,
    made: Option<String>,
    feeds: Vec<FeedRow>,
    title: Input,
    bearer: Select,
    create: Button,
}

/// One feed.
struct FeedRow {
    id: String,
    title: String,
    words: String,
}

/// Shows one's feeds.
pub async fn show(viewer: Viewer) -> Result<Response, Refused> {
    let page = CalendarsPage::of(&viewer, None, Problems::default(), &Fields::default()).await?;
    Ok(viewer.show(&page, &()))
}

/// Makes a feed and shows its address, once.
pub async fn create(
    State(state): State<AppState>,
    viewer: Viewer,
    fields: Fields,
) -> Result<Response, Refused> {
    let act = CreateFeed {
        title: fields.text("title").to_owned(),
        bearer: fields.maybe("bearer").map(str::to_owned),
    };
    match viewer.perform(&fields, act).await {
        Ok(made) => {
            let address = format!("{}/feeds/{}/headway.ics", state.settings.public_address, made.secret);
            let page =
                CalendarsPage::of(&viewer, Some(address), Problems::default(), &Fields::default()).await?;
            Ok(viewer.show(&page, &()))
        }
        Err(refusal) => {
            let problems = errors::beside_fields(refusal)?;
            let page = CalendarsPage::of(&viewer, None, problems, &fields).await?;
            Ok(viewer.show_problems(&page, &()))
        }
    }
}

/// Takes a feed back: its address answers nothing from then on.
pub async fn revoke(viewer: Viewer, fields: Fields) -> Result<Response, Refused> {
    let feed = FeedId::parse(fields.text("feed")).ok_or(Refusal::NotFound)?;
    viewer.perform(&fields, RevokeFeed { feed }).await?;
    Ok(viewer.after("/account/calendars", "feed-revoked"))
}

impl CalendarsPage {
    async fn of(
        viewer: &Viewer,
        made: Option<String>,
        problems: Problems,
        typed: &Fields,
    ) -> Result<Self, Refusal> {
        if !viewer.may(Action::ViewCalendar) {
            return Err(Refusal::NotFound);
        }
        let programme = viewer.programme().await?;
        let feeds = viewer.service.store.feeds_of(viewer.actor.person, viewer.actor.council).await?;
        let title =
            Input::new("title", "A name for it").hint("For example, My duties.").value(typed.text("title"));
        let title = match problems.with_field("title") {
            Some(message) => title.error(message),
            None => title,
        };
        let options = bearers(&programme)
            .into_iter()
            .map(|party| SelectOption::new(&party, improvement::words::party_in_words(&party)));
        Ok(Self {
            made,
            feeds: feeds.iter().map(FeedRow::of).collect(),
            title,
            bearer: Select::new("bearer", "Whose duties")
                .option("", "Everybody’s")
                .options(options)
                .chosen(typed.text("bearer")),
            create: Button::submit("Make the feed"),
            frame: Frame { problems, ..frame(viewer, "Calendar feeds", "/account/calendars") },
        })
    }
}

/// Everybody on whom a live duty falls.
fn bearers(programme: &Programme) -> Vec<Party> {
    let live = programme.obligations.iter().filter(|row| row.state.counts());
    let mut parties: Vec<Party> = live.flat_map(|row| row.bearers.iter().cloned()).collect();
    parties.sort();
    parties.dedup();
    parties
}

impl FeedRow {
    fn of(feed: &Feed) -> Self {
        let whose = match &feed.bearer {
            None => "everybody’s duties".to_owned(),
            Some(party) => {
                let party = Party::named(party.clone());
                format!("duties of {}", improvement::words::party_in_words(&party))
            }
        };
        Self {
            id: feed.id.to_string(),
            title: feed.title.clone(),
            words: format!("{whose}, made on {}", day_in_words(london_day(feed.created_at))),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;
    use service::Role;

    #[tokio::test]
    async fn a_feed_is_made_shown_once_read_and_taken_back() {
        let trial = Trial::new().await;
        let made = trial.post(Role::Chair, "/account/calendars", "title=Board&bearer=board").await;
        assert_eq!(made.status, 200, "{}", made.body);
        let secret = made.body.split("/feeds/").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        let address = format!("/feeds/{secret}/headway.ics");
        assert_eq!(trial.get(None, &address).await.status, 200);
        let again = trial.get(Some(Role::Chair), "/account/calendars").await;
        assert!(!again.body.contains(secret), "the secret is shown only once");
        assert!(again.body.contains("duties of the board"));

        let people = trial.state.service.store.feeds_of(Trial::person_in(Role::Chair), crate::trial::COUNCIL);
        let feed = people.await.unwrap().remove(0);
        trial.post(Role::Chair, "/account/calendars/revoke", &format!("feed={}", feed.id)).await;
        assert_eq!(trial.get(None, &address).await.status, 404);
    }

    #[tokio::test]
    async fn who_does_not_read_the_programme_gets_no_feed() {
        let trial = Trial::new().await;
        assert_eq!(trial.get(Some(Role::Administrator), "/account/calendars").await.status, 404);
        let refused = trial.post(Role::Administrator, "/account/calendars", "title=All").await;
        assert_eq!(refused.status, 404);
    }
}
