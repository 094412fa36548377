//! The calendar of duties: what is overdue, then month by month; a month as a grid; and what has no date and why.

use askama::Template;
use axum::response::Response;
use documents::output::table::{Cell as FileCell, Column, ColumnKind, Table as FileTable};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use service::{Action, Programme};
use utoipa::ToSchema;
use vocabulary::date::{day_in_words, month_name};

use super::cells::{due_tag, lines, link};
use super::file::{Sheet, day, downloads};
use super::filter::{By, DutyFilter};
use super::question::refused;
use super::standing::{DueItem, May, date_is_missing, live, occurrences, remedy, sort_day, undated};
use crate::components::{
    CalendarMonth, Cell, Content, DayEntry, Filter, Heading, PageLink, Pagination, Table,
};
use crate::errors::Refused;
use crate::fields::{Asked, Fields};
use crate::layout::Frame;
use crate::viewer::{Area, Viewer, breadcrumbs, duties_navigation};
use improvement::occurrence::{Occurrence, State};
use improvement::words::{bearers_in_words, counted};

const BY: [By; 4] = [By::Bearer, By::Notice, By::Theme, By::Status];
const MONTHS: i32 = 12;

/// What falls due in the months asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CalendarView {
    /// What was asked for, in words.
    pub asked_for: String,
    /// The first month, as `2026-06`.
    pub from: String,
    /// What is overdue on the day of the question, whatever the months.
    pub overdue: Vec<DueItem>,
    /// Twelve months, those without anything due left out.
    pub months: Vec<MonthView>,
    /// Duties without a date.
    pub undated: Vec<UndatedView>,
}

/// One month.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MonthView {
    /// The month: `2026-06`.
    pub month: String,
    /// Its name and year.
    pub title: String,
    /// What falls due in it.
    pub items: Vec<DueItem>,
}

/// A duty without a date, or without a next one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UndatedView {
    /// The duty's id.
    pub duty: String,
    /// Its clause.
    pub reference: String,
    /// What must be done.
    pub text: String,
    /// Who must act.
    pub bearers: String,
    /// Why it has no date.
    pub reason: String,
    /// Whether somebody could supply what is missing.
    pub missing: bool,
    /// Where to supply it: words and address.
    pub remedy: Option<(String, String)>,
}

impl CalendarView {
    /// The calendar of the duties a filter asks for, twelve months from a day's month on.
    pub fn of(programme: &Programme, filter: &DutyFilter, from: Date, may: May<'_>) -> Self {
        let is_overdue = |item: &DueItem| item.state == improvement::words::state_in_words(State::Overdue);
        let end = from.checked_add(MONTHS.months()).unwrap_or(Date::MAX);
        let in_view = |one: &Occurrence| {
            one.state == State::Overdue || sort_day(one).is_some_and(|day| from <= day && day < end)
        };
        let items = items(programme, filter, in_view);
        let (overdue, others): (Vec<_>, Vec<_>) = items.into_iter().partition(is_overdue);
        let month = |ahead: i32| {
            let first = from.checked_add(ahead.months()).ok()?;
            let title = format!("{} {}", month_name(first.month()), first.year());
            Some(MonthView { month: first.strftime("%Y-%m").to_string(), title, items: Vec::new() })
        };
        let mut months: Vec<MonthView> = (0..MONTHS).filter_map(month).collect();
        for item in others {
            if let Some(of) = months.iter_mut().find(|of| item.month.as_deref() == Some(&of.month)) {
                of.items.push(item);
            }
        }
        months.retain(|month| !month.items.is_empty());
        let asked_for = if filter.is_empty() { "All duties".to_owned() } else { filter.in_words(programme) };
        Self {
            asked_for,
            from: from.strftime("%Y-%m").to_string(),
            overdue,
            months,
            undated: undated_duties(programme, filter, may),
        }
    }
}

/// The due dates of the duties asked for that are wanted, by date.
fn items(programme: &Programme, filter: &DutyFilter, wanted: impl Fn(&Occurrence) -> bool) -> Vec<DueItem> {
    let rows = live(programme).filter(|row| filter.matches(programme, row));
    let mut dated: Vec<(Option<Date>, DueItem)> = rows
        .flat_map(|row| {
            let of_row = occurrences(programme, row).iter().filter(|one| wanted(one));
            of_row.map(move |occurrence| (sort_day(occurrence), DueItem::of(programme, row, occurrence)))
        })
        .collect();
    dated.sort_by_key(|(day, _)| *day);
    dated.into_iter().map(|(_, item)| item).collect()
}

fn undated_duties(programme: &Programme, filter: &DutyFilter, may: May<'_>) -> Vec<UndatedView> {
    let rows = live(programme).filter(|row| filter.matches(programme, row));
    rows.filter_map(|row| {
        let undated = undated(programme, row)?;
        Some(UndatedView {
            duty: row.id.to_string(),
            reference: row.reference.clone(),
            text: row.text.clone(),
            bearers: bearers_in_words(&row.bearers, row.bearer_rule),
            reason: undated.sentence.clone(),
            missing: date_is_missing(&undated.reason),
            remedy: remedy(row, undated, may),
        })
    })
    .collect()
}

#[derive(Template)]
#[template(path = "pages/duties/calendar.html")]
struct CalendarPage {
    frame: Frame,
    filter: Filter,
    overdue: Option<Table>,
    months: Vec<Table>,
    grid: Option<CalendarMonth>,
    grid_list: Option<Table>,
    missing: Option<Table>,
    dateless: Option<(String, String)>,
    steps: Pagination,
    other: (&'static str, String),
}

fn asked_filter(fields: &Fields) -> DutyFilter {
    DutyFilter::asked("/calendar", fields, &BY, &["view", "month", "from"])
}

/// The first day of the month that the address names; the month of the question when it names none.
fn first_of(filter: &DutyFilter, name: &str, as_at: Date) -> Date {
    let asked = filter.kept(name).and_then(|month| format!("{month}-01").parse::<Date>().ok());
    let possible = asked.filter(|day| (1990..=2100).contains(&day.year()));
    possible.unwrap_or_else(|| as_at.first_of_month())
}

/// Shows the calendar.
pub async fn show(viewer: Viewer, Asked(fields): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    let filter = asked_filter(&fields);
    let grid = filter.kept("view") == Some("grid");
    let from = first_of(&filter, if grid { "month" } else { "from" }, programme.as_at);
    let view = CalendarView::of(&programme, &filter, from, &|action, named| viewer.may_as(action, named));
    let mut files = downloads(&filter.address("/calendar.csv", &[]), &filter.address("/calendar.xlsx", &[]));
    if !viewer.may(Action::ExportRegister) {
        files.clear();
    }
    files.push(crate::components::Link::new("Subscribe", "/account/calendars"));
    let frame = Frame {
        breadcrumbs: breadcrumbs(&[]),
        sub_navigation: duties_navigation("/calendar"),
        downloads: files,
        ..viewer.programme_frame(&programme, "Calendar of duties", Area::Duties)
    };
    let page = page(frame, &programme, &filter, from, &view);
    Ok(viewer.show(&page, &view))
}

fn page(
    frame: Frame,
    programme: &Programme,
    filter: &DutyFilter,
    from: Date,
    view: &CalendarView,
) -> CalendarPage {
    let grid = filter.kept("view") == Some("grid");
    let (name, length) = if grid { ("month", 1) } else { ("from", MONTHS) };
    let step = |months: i32, words: &str| {
        let day = from.checked_add(months.months()).unwrap_or(from);
        PageLink::new(filter.address("/calendar", &[(name, &day.strftime("%Y-%m").to_string())])).words(words)
    };
    let (before, after) =
        if grid { ("Month before", "Month after") } else { ("12 months before", "12 months after") };
    let other = if grid {
        ("Show as a list", filter.address("/calendar", &[("view", ""), ("month", "")]))
    } else {
        ("Show a month as a grid", filter.address("/calendar", &[("view", "grid"), ("from", "")]))
    };
    let missing: Vec<&UndatedView> = view.undated.iter().filter(|undated| undated.missing).collect();
    let dateless = view.undated.iter().filter(|undated| !undated.missing).count();
    let shown = |items: Vec<DueItem>, caption: String| (!items.is_empty()).then(|| table(caption, &items));
    let month_items: Vec<DueItem> = if grid {
        let of_month = |day: Date| (day.year(), day.month()) == (from.year(), from.month());
        items(programme, filter, |one| sort_day(one).is_some_and(of_month))
    } else {
        Vec::new()
    };
    CalendarPage {
        frame,
        filter: filter.form(programme, "due", &BY),
        overdue: if grid {
            None
        } else {
            let duties = one_a_duty(&view.overdue);
            let caption = match duties.len() {
                count if count == view.overdue.len() => format!("Overdue: {count}"),
                count => {
                    format!("Overdue: {} dates of {}", view.overdue.len(), counted(count, "duty", "duties"))
                }
            };
            shown(duties, caption)
        },
        months: if grid {
            Vec::new()
        } else {
            view.months.iter().map(|month| table(month.title.clone(), &month.items)).collect()
        },
        grid: grid.then(|| CalendarMonth::new(from, programme.as_at, entries(&month_items))),
        grid_list: shown(month_items, format!("Due in {} {}", month_name(from.month()), from.year())),
        missing: (!missing.is_empty() && !grid).then(|| undated_table("A date is missing", &missing)),
        dateless: (dateless > 0 && !grid).then(|| {
            let words = match dateless {
                1 => "1 duty applies at all times, or on a condition.".to_owned(),
                many => format!("{many} duties apply at all times, or on a condition."),
            };
            (words, filter.address("/duties", &[("status", "dateless"), ("from", "")]))
        }),
        steps: Pagination::steps(Some(step(-length, before)), Some(step(length, after))),
        other,
    }
}

/// One row a duty, its oldest date, with how many more were missed; the duty's page and the files list each.
fn one_a_duty(overdue: &[DueItem]) -> Vec<DueItem> {
    let mut rows: Vec<(DueItem, usize)> = Vec::new();
    for item in overdue {
        match rows.iter_mut().find(|(first, _)| first.duty == item.duty) {
            Some((_, more)) => *more += 1,
            None => rows.push((item.clone(), 0)),
        }
    }
    let told = rows.into_iter().map(|(mut item, more)| {
        if more > 0 {
            item.status.push_str(&format!(" {} after it passed too.", counted(more, "date", "dates")));
        }
        item
    });
    told.collect()
}

fn entries(items: &[DueItem]) -> Vec<DayEntry> {
    let entry = |item: &DueItem| {
        let day: Date = item.due_on.as_deref()?.parse().ok()?;
        let words = super::cells::clause(&item.reference);
        Some(DayEntry::new(day, words, item.state.to_lowercase()).link(format!("/duties/{}", item.duty)))
    };
    items.iter().filter_map(entry).collect()
}

fn table(caption: String, items: &[DueItem]) -> Table {
    let rows = items.iter().map(|item| {
        vec![
            Cell::new(&item.due).sorts_as(item.due_on.as_deref().unwrap_or("9999")),
            Cell::new(lines(&[
                &link(&super::cells::clause(&item.reference), &format!("/duties/{}", item.duty)),
                &item.text,
            ])),
            Cell::new(&item.bearers),
            Cell::new(lines(&[&due_tag(&item.state), &item.status])),
        ]
    });
    Table::new(caption)
        .headings(["Date", "Duty", "Who", "How it stands"].map(Heading::new))
        .rows(rows)
        .stacks()
}

fn undated_table(caption: &str, duties: &[&UndatedView]) -> Table {
    let rows = duties.iter().map(|duty| {
        let remedy = duty.remedy.as_ref().map(|(words, href)| link(words, href));
        let remedy = remedy.map(Content::Html).unwrap_or_default();
        vec![
            Cell::new(lines(&[
                &link(&super::cells::clause(&duty.reference), &format!("/duties/{}", duty.duty)),
                &duty.text,
            ])),
            Cell::new(&duty.bearers),
            Cell::new(lines(&[&duty.reason, &remedy])),
        ]
    });
    Table::new(caption).headings(["Duty", "Who", "Why it has no date"].map(Heading::new)).rows(rows).stacks()
}

/// The calendar as CSV.
pub async fn csv(viewer: Viewer, Asked(fields): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme, &asked_filter(&fields)).csv(&viewer, &programme).await
}

/// The calendar as a workbook.
pub async fn xlsx(viewer: Viewer, Asked(fields): Asked) -> Result<Response, Refused> {
    let programme = viewer.programme().await.map_err(refused(&viewer))?;
    sheet(&programme, &asked_filter(&fields)).xlsx(&viewer, &programme).await
}

fn sheet(programme: &Programme, filter: &DutyFilter) -> Sheet {
    const COLUMNS: [(&str, ColumnKind); 12] = [
        ("due_on", ColumnKind::Date),
        ("due", ColumnKind::Text),
        ("ref", ColumnKind::Text),
        ("text", ColumnKind::LongText),
        ("bearers", ColumnKind::Text),
        ("modality", ColumnKind::Text),
        ("state", ColumnKind::Text),
        ("status", ColumnKind::LongText),
        ("breach", ColumnKind::Text),
        ("why", ColumnKind::LongText),
        ("notice", ColumnKind::LongText),
        ("id", ColumnKind::Text),
    ];
    let mut rows: Vec<Vec<FileCell>> = Vec::new();
    for item in items(programme, filter, |_| true) {
        let on = item.due_on.as_deref().and_then(|day| day.parse().ok());
        rows.push(vec![
            day(on),
            item.due.into(),
            item.reference.into(),
            item.text.into(),
            item.bearers.into(),
            item.modality.into(),
            item.state.into(),
            item.status.into(),
            if item.breach { "yes" } else { "no" }.into(),
            item.why.into(),
            item.notice.into(),
            item.duty.into(),
        ]);
    }
    for undated in undated_duties(programme, filter, &|_, _| false) {
        rows.push(vec![
            FileCell::Empty,
            "No date".into(),
            undated.reference.into(),
            undated.text.into(),
            undated.bearers.into(),
            FileCell::Empty,
            "Undated".into(),
            undated.reason.into(),
            "no".into(),
            FileCell::Empty,
            FileCell::Empty,
            undated.duty.into(),
        ]);
    }
    Sheet {
        name: "calendar",
        title: "Calendar of duties",
        filters: filter.in_words(programme),
        notes: vec![format!(
            "Computed as at {}. A due date known only to the month stands on the month's last day.",
            day_in_words(programme.as_at)
        )],
        table: FileTable {
            name: "Calendar".to_owned(),
            columns: COLUMNS.map(|(title, kind)| Column::new(title, kind)).into(),
            rows,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn shown(query: &str) -> (CalendarView, String) {
        let programme = sample::programme();
        let filter = asked_filter(&Fields::parse(query.as_bytes()));
        let name = if filter.kept("view") == Some("grid") { "month" } else { "from" };
        let from = first_of(&filter, name, programme.as_at);
        let view = CalendarView::of(&programme, &filter, from, &|_, _| true);
        let html = page(Frame::new("Calendar"), &programme, &filter, from, &view).render().unwrap();
        (view, html)
    }

    #[test]
    fn what_is_overdue_stands_on_top_and_not_again_in_its_month() {
        let (view, html) = shown("from=2026-05");
        assert_eq!(view.overdue.len(), 1);
        assert!(html.find("Overdue: 1").unwrap() < html.find("May 2026").unwrap());
        assert!(view.months.iter().all(|month| month.items.iter().all(|item| item.state != "Overdue")));
        assert!(html.contains("By the end of May 2026"));
    }

    #[test]
    fn what_has_no_date_says_why_and_where_to_enter_it() {
        let (view, html) = shown("");
        assert_eq!(view.undated.iter().filter(|undated| undated.missing).count(), 1);
        assert!(html.contains("No date: the day the notice was received is not known."));
        assert!(html.contains("#anchors"));
    }

    #[test]
    fn a_month_can_be_seen_as_a_grid_and_past_months_by_their_address() {
        let (_, html) = shown("view=grid&month=2026-05");
        assert!(html.contains("headway-calendar"));
        assert!(html.contains("month=2026-04"));
        assert!(html.contains("31 May 2026"));
    }
}
