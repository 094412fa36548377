//! What a load changed, child by child: who is new or gone, which records say something else, which came late. For those
//! who read the records of the whole council's children; each child shown is written down as read first.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use serde::Serialize;
use service::{ChangedField, DifferenceDetail};
use store::{DataClass, Scope};
use utoipa::ToSchema;
use vocabulary::date::day_in_words;
use vocabulary::day::Day;
use vocabulary::id::ChildId;
use vocabulary::records::{DataClass as FieldClass, Kind};

use super::{load, navigation};
use crate::components::{Cell, Heading, Pagination, Select, Table};
use crate::errors::Refused;
use crate::fields::Asked;
use crate::guard::escape;
use crate::layout::Frame;
use crate::viewer::{Viewer, breadcrumbs};

/// Children on one page; each is written down as read.
const PAGE: usize = 50;

/// The manners of change, as they are filtered by, and what people call them.
const MANNERS: [(&str, &str); 8] = [
    ("new child", "Seen for the first time"),
    ("vanished child", "Child vanished"),
    ("vanished", "Record vanished"),
    ("changed", "Changed"),
    ("restated", "Restated: a day of the past was put right"),
    ("filled", "Filled in"),
    ("emptied", "Emptied"),
    ("late", "Recorded late"),
];

/// What a load changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DifferenceView {
    /// The load.
    pub load: String,
    /// The day that the load before it tells of; none when there was none.
    pub former: Option<String>,
    /// Children with a change of the chosen manner.
    pub children: usize,
    /// The changes of the children on this page.
    pub rows: Vec<DifferenceRow>,
    /// The page shown, from 1.
    pub page: usize,
    /// Pages of children.
    pub pages: usize,
    /// The chosen manner; empty for all.
    pub manner: String,
}

/// One change of one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DifferenceRow {
    /// The child's random id.
    pub child: String,
    /// In which manner, as it is filtered by.
    pub manner: String,
    /// The kind of record, in words; empty for the child as a whole.
    pub record: String,
    /// The day that tells the record from others.
    pub on: String,
    /// The field.
    pub field: String,
    /// What stood there.
    pub before: String,
    /// What stands there.
    pub after: String,
}

#[derive(Template)]
#[template(path = "pages/practice/difference.html")]
struct DifferencePage {
    frame: Frame,
    view: DifferenceView,
    manner: Select,
    rows: Table,
    steps: Pagination,
}

/// Shows what a load changed.
pub async fn show(viewer: Viewer, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Refused> {
    let snapshot = load::find(&viewer, &id).await?;
    let detail = viewer.service.difference(&viewer.scope, &snapshot).await?;
    let page = asked.number("page").unwrap_or(1);
    let view = DifferenceView::of(&id, &detail, &viewer.scope, asked.text("manner"), page);
    let children = view.rows.iter().map(|row| row.child.as_str());
    viewer.read_children("What a load changed", "/loads/{snapshot}/difference", &[], children).await?;
    let title = format!("{}, {}", snapshot.title(), day_in_words(snapshot.as_at));
    let above = format!("/loads/{}", snapshot.id);
    let page = DifferencePage {
        frame: Frame {
            breadcrumbs: breadcrumbs(&[("Data loads and quality", "/loads"), (&title, &above)]),
            sub_navigation: navigation(&viewer, "/loads"),
            audience: Some(
                "People who may read children’s records: every child shown here is written down as read by you"
                    .to_owned(),
            ),
            as_at: Some(day_in_words(snapshot.as_at)),
            ..super::frame(&viewer, "What this load changed").await?
        },
        manner: manner_choice(&view.manner),
        rows: view.table(),
        steps: Pagination::numbered(view.page, view.pages, |page| {
            format!("{above}/difference?manner={}&page={page}", escape(&view.manner))
        }),
        view,
    };
    Ok(viewer.show(&page, &page.view))
}

fn manner_choice(chosen: &str) -> Select {
    let every = Select::new("manner", "What changed").option("", "Everything");
    MANNERS.into_iter().fold(every, |select, (name, words)| select.option(name, words)).chosen(chosen)
}

impl DifferenceView {
    fn of(load: &str, detail: &DifferenceDetail, scope: &Scope, manner: &str, page: usize) -> Self {
        let manner = MANNERS.iter().find(|(name, _)| *name == manner).map_or("", |(name, _)| *name);
        let mut by_child: BTreeMap<ChildId, Vec<DifferenceRow>> = BTreeMap::new();
        for (child, row) in all_rows(detail, scope) {
            if manner.is_empty() || row.manner == manner {
                by_child.entry(child).or_default().push(row);
            }
        }
        let pages = by_child.len().div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        Self {
            load: load.to_owned(),
            former: detail.former.map(|day| day_in_words(day.date())),
            children: by_child.len(),
            rows: by_child.into_values().skip((page - 1) * PAGE).take(PAGE).flatten().collect(),
            page,
            pages,
            manner: manner.to_owned(),
        }
    }

    fn table(&self) -> Table {
        let rows = self.rows.iter().map(|row| {
            let what = MANNERS.iter().find(|(name, _)| *name == row.manner).map_or("", |(_, words)| *words);
            vec![
                Cell::new(super::reference(&row.child)),
                Cell::new(what),
                Cell::new(&row.record),
                Cell::new(&row.on),
                Cell::new(&row.field),
                Cell::new(&row.before),
                Cell::new(&row.after),
            ]
        });
        Table::new("What changed, child by child")
            .headings([
                Heading::new("Child"),
                Heading::new("What changed"),
                Heading::new("Record"),
                Heading::new("Its day"),
                Heading::new("Field"),
                Heading::new("Before"),
                Heading::new("Now"),
            ])
            .rows(rows)
            .stacks()
    }
}

/// Every change as a row, with its child; records known by a sealed fact only for those who may read them.
fn all_rows(detail: &DifferenceDetail, scope: &Scope) -> Vec<(ChildId, DifferenceRow)> {
    let day = |day: Option<Day>| day.map(|day| day_in_words(day.date())).unwrap_or_default();
    let row = |child: ChildId, manner: &str, record: &str, on: String| DifferenceRow {
        child: child.to_string(),
        manner: manner.to_owned(),
        record: record.replace('_', " "),
        on,
        field: String::new(),
        before: String::new(),
        after: String::new(),
    };
    let whole =
        |manner: &'static str| move |child: &ChildId| (*child, row(*child, manner, "", String::new()));
    let new = detail.new_children.iter().map(whole("new child"));
    let gone = detail.vanished_children.iter().map(whole("vanished child"));
    let catalogue = &service::library().catalogue;
    let shown = |kind: &str| {
        scope.allows(DataClass::SealedChildren) || !catalogue.kind(kind).is_none_or(Kind::is_sealed)
    };
    let vanished = detail
        .vanished
        .iter()
        .filter(|(_, kind, _)| shown(kind))
        .filter_map(|(child, kind, on)| Some(((*child)?, row((*child)?, "vanished", kind, day(*on)))));
    let changed = detail.changed.iter().filter(|change| shown(&change.kind)).filter_map(|change| {
        let child = change.child?;
        let (before, after) = values(change, scope);
        let field = change.field.replace('_', " ");
        let row = row(child, change.manner, &change.kind, day(change.on));
        Some((child, DifferenceRow { field, before, after, ..row }))
    });
    let late = detail
        .late
        .iter()
        .filter(|(_, kind, _)| shown(kind))
        .filter_map(|(child, kind, on)| Some(((*child)?, row((*child)?, "late", kind, day(Some(*on))))));
    new.chain(gone).chain(vanished).chain(changed).chain(late).collect()
}

/// What stood and stands in a field, for those who may see data of its class.
fn values(change: &ChangedField, scope: &Scope) -> (String, String) {
    let kind = service::library().catalogue.kind(&change.kind);
    let field = kind.and_then(|kind| kind.fields.iter().find(|field| field.name == change.field));
    let class = match field.map(|field| field.class) {
        Some(FieldClass::C3) => DataClass::PseudonymousChildren,
        Some(FieldClass::C4) => DataClass::IdentifiableChildren,
        Some(FieldClass::W) => DataClass::Workforce,
        Some(FieldClass::C5) | None => DataClass::SealedChildren,
    };
    if scope.allows(class) {
        (change.before.clone(), change.after.clone())
    } else {
        let hidden = || "not shown to your role".to_owned();
        (hidden(), hidden())
    }
}

#[cfg(test)]
mod tests {
    use vocabulary::id::UserId;

    use super::*;
    use crate::trial;

    fn scope(classes: &[DataClass]) -> Scope {
        Scope::granted(trial::COUNCIL, UserId(1), classes.to_vec())
    }

    fn change(field: &str, manner: &'static str) -> ChangedField {
        ChangedField {
            child: Some(ChildId(7)),
            kind: "care_episode".into(),
            on: Day::parse("2026-05-01"),
            field: field.into(),
            before: "U4".into(),
            after: "K2".into(),
            manner,
        }
    }

    #[test]
    fn a_sealed_field_says_that_it_changed_and_not_what_stands_in_it() {
        let detail = DifferenceDetail {
            changed: vec![change("placement_type", "changed"), change("legal_status", "changed")],
            ..DifferenceDetail::default()
        };
        let reader = scope(&[DataClass::PseudonymousChildren]);
        let view = DifferenceView::of("9", &detail, &reader, "", 1);
        assert_eq!((view.children, view.rows.len()), (1, 2));
        assert_eq!(view.rows[0].before, "not shown to your role");
        assert_eq!((view.rows[1].before.as_str(), view.rows[1].after.as_str()), ("U4", "K2"));
        let sealed = scope(&[DataClass::PseudonymousChildren, DataClass::SealedChildren]);
        assert_eq!(DifferenceView::of("9", &detail, &sealed, "", 1).rows[0].after, "K2");
    }

    #[test]
    fn fifty_children_stand_on_a_page_and_a_manner_leaves_the_others_out() {
        let detail = DifferenceDetail {
            new_children: (1..=60).map(ChildId).collect(),
            changed: vec![change("legal_status", "restated")],
            ..DifferenceDetail::default()
        };
        let reader = scope(&[DataClass::PseudonymousChildren]);
        let second = DifferenceView::of("9", &detail, &reader, "", 2);
        assert_eq!((second.children, second.pages, second.rows.len()), (60, 2, 10));
        let restated = DifferenceView::of("9", &detail, &reader, "restated", 9);
        assert_eq!((restated.children, restated.page, restated.rows.len()), (1, 1, 1));
        assert!(restated.table().to_string().contains("care episode"));
    }
}
