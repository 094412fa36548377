//! What is taken out: the same figures in every form, no child without a purpose, no child of another team.

use std::io::{Cursor, Read as _};
use std::sync::Arc;

use documents::output::csv;
use documents::output::table::{Cell as FileCell, Table};
use practice::indicator::{Group, PeriodKind};
use practice::outcome::{Outcome, Status};
use service::acts::{CommitSnapshot, Seen, StageExtract};
use service::export::{MOST_CHILDREN, Star, TakenOut, Taking};
use service::{Figures, Knowledge, Refusal, Role};
use star_schema::Class;
use store::Scope;
use testkit::{NORTH_TEAM, SOUTH_TEAM, World, assessments_of_two_teams};
use vocabulary::day::Day;

struct Loaded {
    world: World,
    figures: Arc<Figures>,
    taken: TakenOut,
}

impl Loaded {
    async fn with(of_each_team: u32) -> Self {
        let world = World::new().await;
        let staged = world
            .perform(Role::Analyst, StageExtract::of(assessments_of_two_teams(of_each_team)))
            .await
            .unwrap();
        let snapshot = Seen { id: staged, version: 1 };
        world.perform(Role::Analyst, CommitSnapshot { snapshot }).await.unwrap();
        let scope = world.scope(Role::Analyst);
        let figures = world.service().figures(&scope, Knowledge::default()).await.unwrap().unwrap();
        let by = "Ana Lyst, performance analyst";
        let taken = world.service().taken_out("Northmoor", &figures, None, by, Class::C2).await.unwrap();
        Self { world, figures, taken }
    }

    fn late(&self) -> Vec<&Outcome> {
        let late = |outcome: &&Outcome| outcome.status == Status::Missed && outcome.met_on.is_none();
        let of_standard = |outcome: &&Outcome| {
            self.figures.library.standards[usize::from(outcome.standard)].code == "assessment-45wd"
        };
        self.figures.outcomes.outcomes.iter().filter(late).filter(of_standard).collect()
    }

    async fn take(&self, scope: &Scope, purpose: &str) -> Result<Table, Refusal> {
        let actor = self.world.actor(Role::Analyst);
        let taking =
            Taking { actor: &actor, scope, purpose, route: "/exceptions/export", request_id: "request" };
        self.world.service().take_out_events(&taking, &self.figures, &self.late(), &self.taken).await
    }

    async fn reads(&self) -> usize {
        let scope = self.world.scope(Role::PrivacyOfficer);
        let (from, to) = ("2020-01-01T00:00:00Z".parse().unwrap(), "2040-01-01T00:00:00Z".parse().unwrap());
        self.world.service().store.child_reads(&scope, from, to, 1_000).await.unwrap().len()
    }
}

const PURPOSE: &str = "For the weekly meeting of team managers";

fn column<'a>(table: &'a Table, name: &str) -> Vec<&'a FileCell> {
    let place = table.columns.iter().position(|column| column.title == name).expect(name);
    table.rows.iter().map(|row| &row[place]).collect()
}

#[tokio::test]
async fn the_csv_of_figures_reads_back_as_the_figures() {
    let loaded = Loaded::with(4).await;
    let table = loaded.figures.figures_table(&loaded.taken, &loaded.world.scope(Role::Analyst));
    let read = csv::read(&csv::write(&table), &table.name, &table.columns).unwrap();
    assert_eq!(read, table);
    let place = loaded.figures.library.measure("assessment-45wd").unwrap();
    let year = loaded.figures.newest_year(place, Group::Council).unwrap();
    assert!(year.denominator > 0, "the example counts something");
    let words = ["assessment-45wd", "council", "twelve months"].map(|word| FileCell::Text(word.into()));
    let found: Vec<&Vec<FileCell>> = read
        .rows
        .iter()
        .filter(|row| row[0] == words[0] && row[5] == words[1] && row[2] == words[2])
        .filter(|row| row[4] == FileCell::Date(year.period.end.date()))
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0][7], FileCell::Integer(i64::from(year.numerator)));
    assert_eq!(found[0][8], FileCell::Integer(i64::from(year.denominator)));
    assert_eq!(found[0][10], FileCell::Number(year.value.unwrap()));
}

#[tokio::test]
async fn a_teams_name_never_runs_as_a_formula_and_every_row_says_who_took_it_out() {
    let loaded = Loaded::with(4).await;
    let table = loaded.figures.figures_table(&loaded.taken, &loaded.world.scope(Role::Analyst));
    assert!(column(&table, "group").contains(&&FileCell::Text(NORTH_TEAM.into())));
    let written = String::from_utf8(csv::write(&table)).unwrap();
    assert!(written.contains(",'=North team,") && !written.contains(",=North team"));
    for line in column(&table, "taken_out") {
        let FileCell::Text(line) = line else { panic!("words") };
        for said in ["OFFICIAL-SENSITIVE, C2", "Ana Lyst, performance analyst", "Headway ", "log checkpoint"]
        {
            assert!(line.contains(said), "{line}");
        }
    }
    let checkpoint = loaded.world.service().checkpoint_now().await.unwrap();
    let now = loaded.world.service().taken_out("Northmoor", &loaded.figures, None, "x", Class::C2).await;
    let root = checkpoint.lines().nth(2).unwrap();
    assert!(now.unwrap().checkpoint.ends_with(root), "the checkpoint can be compared with a kept one");
}

#[tokio::test]
async fn the_workbook_has_the_same_rows_as_the_csv_under_a_cover_that_says_what_it_is() {
    let loaded = Loaded::with(4).await;
    let all = loaded.figures.figures_table(&loaded.taken, &loaded.world.scope(Role::Analyst));
    let workbook = loaded.figures.figures_workbook(&loaded.taken, &loaded.world.scope(Role::Analyst));
    let mut rows: Vec<_> = workbook.tables.iter().flat_map(|table| table.rows.clone()).collect();
    rows.sort_by_key(|row| format!("{row:?}"));
    let mut expected = all.rows;
    expected.sort_by_key(|row| format!("{row:?}"));
    assert_eq!(rows, expected);
    assert!(workbook.tables.iter().all(|table| !table.rows.is_empty()), "the council's and the teams' sheet");
    let said: Vec<&str> = workbook.about.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["As at", "Known on", "Taken out by", "Class of data", "Made by", "Log checkpoint"] {
        assert!(said.contains(&name), "{name}");
    }
    assert!(workbook.write("2026-09-01T10:00:00".parse().unwrap()).is_ok());
}

#[tokio::test]
async fn the_star_holds_every_figure_of_council_and_teams_and_no_key_leads_nowhere() {
    let loaded = Loaded::with(4).await;
    let figures = &loaded.figures;
    let remarks = loaded.world.service().remarks(&loaded.world.scope(Role::Analyst)).await.unwrap();
    let star = Star::of(figures, &remarks, "Northmoor", &loaded.world.scope(Role::Analyst));
    assert!(star.outcomes.is_none());
    let measures: Vec<i64> = star.measures.iter().map(|row| row.measure_key).collect();
    let figures_of_told = figures.values.iter().filter(|value| measures.contains(&i64::from(value.measure)));
    assert_eq!(star.indicators.len(), figures_of_told.count(), "no worker is in this extract");
    for row in &star.indicators {
        let period = star.periods.iter().find(|period| period.period_key == row.period_key).unwrap();
        let group = star.groups.iter().find(|group| group.group_key == row.group_key).unwrap();
        assert!(measures.contains(&row.measure_key));
        let value = figures
            .values
            .iter()
            .find(|value| {
                i64::from(value.measure) == row.measure_key
                    && (value.period.start, value.period.end) == (period.period_start, period.period_end)
                    && (value.period.kind == PeriodKind::Month) == (period.period_kind == "month")
                    && (value.period.kind == PeriodKind::YearToDate) == (period.period_kind == "year to date")
                    && (value.group == Group::Council) == (group.group_kind == "council")
                    && (value.group == Group::Council
                        || figures.group_name(value.group) == format!("team: {}", group.group_name))
            })
            .expect("the value that the row stands for");
        let counted = (row.numerator, row.denominator, row.cannot_tell, row.value);
        let expected = [value.numerator, value.denominator, value.cannot_tell].map(i64::from);
        assert_eq!(counted, (expected[0], expected[1], expected[2], value.value));
    }
    for row in &star.measures {
        assert!(star.standards.iter().any(|standard| standard.standard_key == row.standard_key));
    }
    let days: Vec<i64> = star.dates.iter().map(|row| row.date_key).collect();
    for period in &star.periods {
        assert!(days.contains(&period.start_date_key) && days.contains(&period.end_date_key));
    }
    let holiday = star.dates.iter().find(|row| row.date_key == 20_260_525).expect("a bank holiday");
    assert_eq!((holiday.is_working_day, holiday.is_month_end), (Some(false), false));
    assert_eq!(holiday.financial_year, "2026-27");
    let march =
        star.dates.iter().find(|row| row.date_key == 20_260_331).expect("the end of a financial year");
    assert_eq!((march.is_working_day, march.is_month_end), (Some(true), true));
    assert_eq!(march.financial_year, "2025-26");
}

#[tokio::test]
async fn the_archive_holds_the_star_its_dictionary_and_no_child() {
    let loaded = Loaded::with(2).await;
    let remarks = loaded.world.service().remarks(&loaded.world.scope(Role::Analyst)).await.unwrap();
    let star = Star::of(&loaded.figures, &remarks, "Northmoor", &loaded.world.scope(Role::Analyst));
    let bytes = star.archive(&loaded.taken).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let children: Vec<String> =
        loaded.figures.children_among(&loaded.late()).iter().map(ToString::to_string).collect();
    assert!(!children.is_empty());
    let mut names = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        names.push(file.name().unwrap().into_owned());
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        for child in &children {
            assert!(!bytes.windows(child.len()).any(|window| window == child.as_bytes()));
        }
    }
    let expected = [
        "dimension_date.parquet",
        "dimension_standard.parquet",
        "dimension_measure.parquet",
        "dimension_period.parquet",
        "dimension_group.parquet",
        "fact_indicator.parquet",
        "data_dictionary.csv",
        "about.txt",
    ];
    assert_eq!(names, expected);
}

#[tokio::test]
async fn children_are_in_the_star_only_within_the_teams_of_the_scope() {
    let loaded = Loaded::with(4).await;
    let remarks = loaded.world.service().remarks(&loaded.world.scope(Role::Analyst)).await.unwrap();
    let with = |scope: &Scope| Star::with_children(&loaded.figures, &remarks, "Northmoor", scope);
    let everybody = with(&loaded.world.scope(Role::Analyst)).unwrap();
    assert_eq!(everybody.outcomes.as_ref().unwrap().len(), loaded.figures.outcomes.outcomes.len());
    let days: Vec<Day> = everybody.dates.iter().map(|row| row.date).collect();
    for row in everybody.outcomes.as_ref().unwrap() {
        assert_eq!(row.child_id.len(), 32, "a random id");
        let named = [row.event_on, row.due_on, row.met_on, row.ended_on];
        assert!(named.iter().flatten().all(|day| days.contains(day)));
    }
    let south = with(&loaded.world.scope(Role::Analyst).of_teams(vec![SOUTH_TEAM.into()])).unwrap();
    let south_key = south.groups.iter().find(|group| group.group_name == SOUTH_TEAM).unwrap().group_key;
    let rows = south.outcomes.unwrap();
    assert!(rows.iter().any(|row| row.group_key == Some(south_key)));
    let own_or_unnamed = |key: Option<_>| key.is_none_or(|key| key == south_key);
    assert!(
        rows.iter().all(|row| own_or_unnamed(row.group_key)),
        "a record that names no team is of its holder's"
    );
    let all = everybody.outcomes.as_ref().unwrap().len();
    assert!(rows.len() < all, "the other team's children are left out: {} of {all}", rows.len());
    assert!(matches!(with(&loaded.world.scope(Role::Chair)), Err(Refusal::NotFound)));
}

#[tokio::test]
async fn a_file_of_children_needs_a_purpose_and_is_written_down_before_it_leaves() {
    let loaded = Loaded::with(4).await;
    let scope = loaded.world.scope(Role::Analyst);
    for purpose in ["", "  ", "work"] {
        assert!(matches!(loaded.take(&scope, purpose).await, Err(Refusal::Invalid(_))), "{purpose:?}");
    }
    assert_eq!(loaded.reads().await, 0, "nothing left, so nobody read");
    let table = loaded.take(&scope, PURPOSE).await.unwrap();
    assert_eq!(table.rows.len(), 4);
    assert_eq!(loaded.reads().await, 4);
    assert!(column(&table, "purpose").iter().all(|cell| **cell == FileCell::Text(PURPOSE.into())));
    assert!(column(&table, "age_in_years").iter().all(|cell| **cell == FileCell::Integer(9)));
    let written = String::from_utf8(csv::write(&table)).unwrap();
    assert!(!written.contains("child 2") && !written.contains("List 4"), "random ids only: {written}");
}

#[tokio::test]
async fn a_manager_takes_out_the_children_of_their_own_team_only() {
    let loaded = Loaded::with(4).await;
    let scope = loaded.world.scope(Role::TeamManager).of_teams(vec![SOUTH_TEAM.into()]);
    let table = loaded.take(&scope, PURPOSE).await.unwrap();
    let teams = column(&table, "team");
    assert!(!teams.is_empty() && teams.iter().all(|team| **team == FileCell::Text(SOUTH_TEAM.into())));
    let nobody = loaded.world.scope(Role::TeamManager).of_teams(Vec::new());
    assert!(matches!(loaded.take(&nobody, PURPOSE).await, Err(Refusal::Invalid(_))));
    let chair = loaded.take(&loaded.world.scope(Role::Chair), PURPOSE).await;
    assert!(matches!(chair, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn over_fifty_children_need_a_second_person() {
    let loaded = Loaded::with(52).await;
    assert_eq!(loaded.late().len(), MOST_CHILDREN + 2);
    let refused = loaded.take(&loaded.world.scope(Role::Analyst), PURPOSE).await;
    let Err(Refusal::Invalid(problems)) = refused else { panic!("taken out") };
    assert!(problems[0].message.contains("needs a second person"), "{}", problems[0].message);
    assert_eq!(loaded.reads().await, 0);
    let south = loaded.world.scope(Role::Analyst).of_teams(vec![SOUTH_TEAM.into()]);
    assert!(loaded.take(&south, PURPOSE).await.is_ok(), "half of them may leave");
}
