//! Who signed in, opened or took out what, and when; for the privacy officer and the director.

use askama::Template;
use axum::response::Response;
use documents::output::csv;
use documents::output::table as file;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use service::{Programme, Refusal};
use store::AccessEntry;
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::id::UserId;

use super::moment_in_words;
use crate::components::{
    Cell, DateInput, Filter, Heading, Link, Problems, Select, SelectOption, SelectedFilters, Table,
};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::pages::account::account_navigation;
use crate::viewer::{Area, Viewer, breadcrumbs};

/// Accesses of some days.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccessView {
    /// The accesses, newest first.
    pub accesses: Vec<AccessRow>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// One access.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AccessRow {
    /// When (ISO 8601, UTC).
    pub at: String,
    /// When, in words.
    pub when: String,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// What was done, in words.
    pub what: String,
    /// The page.
    pub route: String,
    /// The thing or file.
    pub thing: String,
    /// Where the request came from.
    pub source: String,
}

#[derive(Template)]
#[template(path = "pages/records/access_log.html")]
struct AccessPage {
    frame: Frame,
    view: AccessView,
    filter: Filter,
    table: Table,
    days: String,
}

const MOST_SHOWN: i64 = 500;
const MOST_EXPORTED: i64 = 100_000;

/// Which accesses are asked for.
#[derive(Clone, Debug)]
struct Wanted {
    person: Option<UserId>,
    from: Date,
    to: Date,
}

/// Shows accesses.
pub async fn show(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let (wanted, problems) = Wanted::of(&asked, programme.as_at);
    let entries = read(&viewer, &wanted, MOST_SHOWN + 1).await?;
    let view = AccessView::of(&programme, &entries, MOST_SHOWN);
    let page = AccessPage {
        filter: filter(&programme, &wanted, &asked, &problems),
        table: table(&view),
        days: format!("From {} to {}.", day_in_words(wanted.from), day_in_words(wanted.to)),
        frame: Frame {
            breadcrumbs: breadcrumbs(&[]),
            sub_navigation: account_navigation(&viewer, "/access-log"),
            audience: Some("The director and the privacy officer".to_owned()),
            downloads: vec![Link::new("CSV", wanted.address("/access-log.csv"))],
            problems,
            ..viewer.programme_frame(&programme, "Access log", Area::None)
        },
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

/// Answers the accesses as a file. That it was taken out is itself an access.
pub async fn download(viewer: Viewer, Asked(asked): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await?;
    let (wanted, problems) = Wanted::of(&asked, programme.as_at);
    if !problems.is_empty() {
        return Err(Refusal::invalid("from", "Enter real dates, the first before the last.").into());
    }
    let entries = read(&viewer, &wanted, MOST_EXPORTED).await?;
    let view = AccessView::of(&programme, &entries, MOST_EXPORTED);
    let name = format!("access-log-{}-to-{}.csv", wanted.from, wanted.to);
    Ok(viewer.export("text/csv; charset=utf-8", &name, csv::write(&view.file())).await?)
}

async fn read(viewer: &Viewer, wanted: &Wanted, limit: i64) -> Result<Vec<AccessEntry>, Refusal> {
    let (from, to) = (midnight(wanted.from), midnight(wanted.to.checked_add(1.day()).unwrap_or(Date::MAX)));
    Ok(viewer.service.store.accesses(&viewer.scope, from, to, wanted.person, limit).await?)
}

fn midnight(day: Date) -> Timestamp {
    day.to_zoned(service::london()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

impl Wanted {
    /// What the address asks for; the last 30 days when it names none.
    fn of(asked: &Fields, today: Date) -> (Self, Problems) {
        let mut problems = Problems::default();
        let mut day = |name: &'static str, otherwise: Date| match asked.maybe_day(name) {
            Ok(day) => day.unwrap_or(otherwise),
            Err(problem) => {
                problems.add(name, problem.message);
                otherwise
            }
        };
        let from = day("from", today.checked_sub(30.days()).unwrap_or(today));
        let to = day("to", today);
        if to < from {
            problems.add("to", "Enter a last day on or after the first.");
        }
        (Self { person: UserId::parse(asked.text("person")), from, to }, problems)
    }

    fn address(&self, path: &str) -> String {
        let person = self.person.map(|person| format!("&person={person}")).unwrap_or_default();
        format!("{path}?from={}&to={}{person}", self.from, self.to)
    }
}

impl AccessView {
    fn of(programme: &Programme, entries: &[AccessEntry], most: i64) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let row = |entry: &AccessEntry| AccessRow {
            at: entry.at.to_string(),
            when: moment_in_words(entry.at),
            who: entry.person.map_or("Nobody signed in", |person| programme.name_of(person)).to_owned(),
            role: entry.role.clone(),
            what: what_in_words(&entry.what).to_owned(),
            route: entry.route.clone(),
            thing: entry.thing.clone(),
            source: entry.source.clone(),
        };
        Self { accesses: entries.iter().take(most).map(row).collect(), more: entries.len() > most }
    }

    fn file(&self) -> file::Table {
        let columns = ["When (UTC)", "Who", "Role", "What", "Page", "Thing", "Source"];
        let text = |text: &String| file::Cell::Text(text.clone());
        let row = |row: &AccessRow| {
            [&row.at, &row.who, &row.role, &row.what, &row.route, &row.thing, &row.source].map(text).to_vec()
        };
        file::Table {
            name: "Access log".to_owned(),
            columns: columns.map(|title| file::Column::new(title, file::ColumnKind::Text)).to_vec(),
            rows: self.accesses.iter().map(row).collect(),
        }
    }
}

/// What was done, in words.
pub fn what_in_words(what: &str) -> &str {
    match what {
        "signed-in" => "Signed in",
        "stepped-up" => "Gave both factors again",
        "sign-in-failed" => "Failed to sign in",
        "account-opened" => "Opened the account",
        "changed-password" => "Changed the password",
        "exported" => "Took out a file",
        "read" => "Read",
        "refused" => "Was refused",
        other => other,
    }
}

fn filter(programme: &Programme, wanted: &Wanted, asked: &Fields, problems: &Problems) -> Filter {
    let mut people: Vec<(&UserId, &String)> = programme.names.iter().collect();
    people.sort_by_key(|(_, name)| name.as_str());
    let options = people.into_iter().map(|(id, name)| SelectOption::new(id, name));
    let person = Select::new("person", "Person").option("", "Anybody").options(options);
    let person = person.chosen(wanted.person.map(|id| id.to_string()).unwrap_or_default());
    let date = |name: &str, words: &str, day: Date| {
        let input = DateInput::new(name, words).values(day.day(), day.month(), day.year());
        match problems.with_field(name) {
            Some(message) => input.error(message),
            None => input,
        }
    };
    let chosen = wanted.person.map(|id| {
        Link::new(programme.name_of(id), Wanted { person: None, ..wanted.clone() }.address("/access-log"))
    });
    let days_chosen = ["from", "to", "from-day", "to-day"].iter().any(|name| asked.maybe(name).is_some());
    let without_days =
        wanted.person.map_or_else(|| "/access-log".to_owned(), |id| format!("/access-log?person={id}"));
    let days = format!("{} to {}", day_in_words(wanted.from), day_in_words(wanted.to));
    Filter::new("/access-log", "accesses")
        .field(person)
        .field(date("from", "First day", wanted.from))
        .field(date("to", "Last day", wanted.to))
        .selected(SelectedFilters::new("Person", chosen))
        .selected(SelectedFilters::new("Days", days_chosen.then(|| Link::new(days, without_days))))
}

fn table(view: &AccessView) -> Table {
    let row = |row: &AccessRow| {
        [&row.when, &row.who, &row.role, &row.what, &row.route, &row.thing, &row.source]
            .map(Cell::new)
            .to_vec()
    };
    Table::new("Accesses, newest first")
        .headings(["When", "Who", "Role", "What", "Page", "Thing", "From"].map(Heading::new))
        .rows(view.accesses.iter().map(row))
        .stacks()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{TODAY, Trial};
    use service::Role;

    #[test]
    fn without_dates_the_last_thirty_days_are_shown() {
        let (wanted, problems) = Wanted::of(&Fields::default(), TODAY);
        assert!(problems.is_empty());
        assert_eq!((wanted.from.to_string(), wanted.to), ("2026-05-11".into(), TODAY));
        let (_, problems) = Wanted::of(&Fields::parse(b"from=2026-06-09&to=2026-06-01"), TODAY);
        assert!(problems.with_field("to").is_some());
    }

    #[tokio::test]
    async fn taking_the_access_log_out_is_itself_an_access() {
        let trial = Trial::new().await;
        let officer = Some(Role::PrivacyOfficer);
        let csv = trial.get(officer, "/access-log.csv").await;
        assert_eq!(csv.status, 200);
        assert!(csv.body.starts_with("When (UTC),Who,Role"), "{}", csv.body);
        let page = trial.get(officer, "/access-log").await;
        assert!(page.body.contains("Took out a file"));
        assert!(page.body.contains("access-log-2026-05-11-to-2026-06-10.csv"));
        assert_eq!(trial.get(Some(Role::ProgrammeManager), "/access-log").await.status, 404);
    }
}
