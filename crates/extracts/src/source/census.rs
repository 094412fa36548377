//! The children in need census as XML: `Message` > `Children` > `Child`, with groups inside groups.
//!
//! A group's position among its kind, from 0, is its row. Groups have no identifiers of their own in the file, so each
//! row keeps the row of the group around it.

use super::xml::{Leaf, Listener, Name, Names};
use super::{Gathered, Note};
use crate::cell::{Calendar, Raw, trimmed};
use crate::table::{Filling, ListTable, PartRead, row_number};

/// A list that is being filled.
struct Group {
    list: usize,
    table: ListTable,
    filling: Filling,
    rows: u32,
    /// For each name of the file, the column it fills; looked up once.
    columns: Vec<Option<Option<usize>>>,
}

/// What an element of a name opens; looked up once.
#[derive(Clone, Copy, PartialEq)]
enum Opens {
    Unknown,
    Nothing,
    Child,
    Group(usize),
    Review,
    Header,
}

/// Hears of the elements of a census.
pub struct Census<'g> {
    gathered: &'g mut Gathered,
    file: u32,
    groups: Vec<Group>,
    opens: Vec<Opens>,
    found: bool,
}

const CHILD: usize = 0;
const DETAILS: usize = 1;
/// The groups of the file, first the child and the episode that the others may stand in.
const GROUPS: [&str; 8] = [
    "Child",
    "CINdetails",
    "Assessments",
    "CINPlanDates",
    "Section47",
    "ChildProtectionPlans",
    "Reviews",
    "PreProceedingsandFGDM",
];
const PLANS: usize = 5;
const REVIEWS: usize = 6;

impl<'g> Census<'g> {
    /// Begins a file.
    pub fn new(gathered: &'g mut Gathered, file: u32) -> Self {
        let mut groups = Vec::new();
        for name in GROUPS {
            let list = gathered.layout.list(name).expect("the shipped layout declares every group: tested");
            let mut table = gathered.take(list);
            let only_in_files_of_their_own = ["CINdetailsID", "AssessmentID", "CPPID"];
            let columns = table.layout.columns.iter();
            let headings = columns.map(|column| {
                (!only_in_files_of_their_own.contains(&column.name)).then(|| column.name.to_owned())
            });
            let part = PartRead {
                file,
                sheet: None,
                first: row_number(&table),
                rows: 0,
                headings: headings.collect(),
                blank_rows: Vec::new(),
            };
            let filling = Filling::begin(&mut table, part, Calendar::From1900);
            groups.push(Group { list, table, filling, rows: 0, columns: Vec::new() });
        }
        Self { gathered, file, groups, opens: Vec::new(), found: false }
    }

    /// Ends the file.
    pub fn finish(mut self) {
        self.fill_up("");
        if !self.found {
            self.gathered.note(Note::UnknownSheet, self.file, None, None, None);
        }
        for Group { list, mut table, filling, rows, .. } in self.groups {
            filling.end(&mut table);
            let kept = table.parts.iter().any(|part| part.file != self.file);
            // Groups that the file could have had and has not are lists with no rows; a new group is not expected.
            if self.found && (rows > 0 || table.layout.years.first.is_none()) {
                self.gathered.tables[list] = Some(table);
            } else if kept {
                table.parts.pop();
                self.gathered.tables[list] = Some(table);
            }
        }
    }

    fn opens(&mut self, names: &Names, name: Name) -> Opens {
        self.opens.resize(names.len().max(self.opens.len()), Opens::Unknown);
        if self.opens[name.0] == Opens::Unknown {
            let text = names.text(name);
            let group = GROUPS.iter().position(|group| *group == text);
            self.opens[name.0] = match (text, group) {
                ("CPPreviewDate", _) => Opens::Review,
                ("Header" | "CollectionDetails" | "Source", _) => Opens::Header,
                (_, Some(CHILD)) => Opens::Child,
                // The element around the dates is no row; each date in it is.
                (_, Some(REVIEWS)) | (_, None) => Opens::Nothing,
                (_, Some(group)) => Opens::Group(group),
            };
        }
        self.opens[name.0]
    }

    fn row(&mut self, group: usize, names: &Names, leaves: std::vec::Drain<'_, Leaf<'_>>) {
        let parent = self.parent_of(group);
        let place = &mut self.groups[group];
        place.columns.resize(names.len().max(place.columns.len()), None);
        let mut several: Vec<(usize, String)> = Vec::new();
        for leaf in leaves {
            let layout = place.table.layout;
            let known = &mut place.columns[leaf.name.0];
            let column = match *known {
                Some(column) => column,
                None => {
                    let name = names.text(leaf.name);
                    let column = *known.insert(layout.column(name));
                    if column.is_none() {
                        let (list, row) = (Some(place.list), Some(place.rows));
                        self.gathered.note(Note::UnknownElement, self.file, list, row, Some(name));
                    }
                    column
                }
            };
            let Some(column) = column else { continue };
            if matches!(layout.columns[column].holds, crate::layout::Holds::Codes(_)) {
                join(&mut several, column, &leaf.text);
            } else if place.filling.has(column) {
                let name = names.text(leaf.name);
                self.gathered.note(
                    Note::RepeatedElement,
                    self.file,
                    Some(place.list),
                    Some(place.rows),
                    Some(name),
                );
            } else {
                place.filling.cell(&mut place.table, &mut self.gathered.ink, column, Raw::Text(&leaf.text));
            }
        }
        for (column, text) in &several {
            place.filling.cell(&mut place.table, &mut self.gathered.ink, *column, Raw::Text(text));
        }
        let later: &[usize] = if group == CHILD { &[] } else { &[0] };
        place.filling.end_group(&mut place.table, place.rows, parent, later);
        place.rows += 1;
    }

    /// The group around ends after the groups in it, so its row is the next one.
    fn parent_of(&self, group: usize) -> u32 {
        let around = match group {
            CHILD => return u32::MAX,
            DETAILS => CHILD,
            REVIEWS => PLANS,
            _ => DETAILS,
        };
        row_number(&self.groups[around].table)
    }

    /// A child ends: the groups in it are about this child.
    fn child(&mut self, names: &Names, leaves: std::vec::Drain<'_, Leaf<'_>>) {
        self.found = true;
        let leaves: Vec<Leaf<'_>> = leaves.collect();
        let id = leaves.iter().find(|leaf| names.text(leaf.name) == "LAchildID");
        let id = id.map(|leaf| trimmed(&leaf.text).to_owned()).unwrap_or_default();
        let mut leaves = leaves;
        self.row(CHILD, names, leaves.drain(..));
        self.fill_up(&id);
    }

    /// The groups since the last call are about this child; those that stand outside any child are about none.
    fn fill_up(&mut self, id: &str) {
        for group in &mut self.groups[DETAILS..] {
            group.filling.fill_up(&mut group.table, &mut self.gathered.ink, 0, Raw::Text(id));
        }
    }

    fn header(&mut self, names: &Names, leaves: std::vec::Drain<'_, Leaf<'_>>) {
        for leaf in leaves {
            if names.text(leaf.name) == "Year" {
                self.gathered.stated_year = trimmed(&leaf.text).parse().ok();
            }
        }
    }
}

fn join(several: &mut Vec<(usize, String)>, column: usize, text: &str) {
    match several.iter_mut().find(|(other, _)| *other == column) {
        Some((_, joined)) => {
            joined.push(' ');
            joined.push_str(text);
        }
        None => several.push((column, text.to_owned())),
    }
}

impl<'a> Listener<'a> for Census<'_> {
    fn opened(&mut self, names: &Names, name: Name, _: usize) {
        if self.opens(names, name) == Opens::Child {
            self.fill_up("");
        }
    }

    fn leaf(&mut self, names: &Names, leaf: Leaf<'a>) -> Option<Leaf<'a>> {
        match self.opens(names, leaf.name) {
            Opens::Review => {
                let mut alone = vec![leaf];
                self.row(REVIEWS, names, alone.drain(..));
                None
            }
            Opens::Group(group) => {
                self.row(group, names, Vec::new().drain(..));
                None
            }
            Opens::Child => {
                self.child(names, Vec::new().drain(..));
                None
            }
            // A container without anything in it is no leaf.
            _ if is_container(names.text(leaf.name)) => None,
            _ => Some(leaf),
        }
    }

    fn group(&mut self, names: &Names, name: Name, depth: usize, leaves: &mut Vec<Leaf<'a>>, from: usize) {
        match self.opens(names, name) {
            Opens::Child => self.child(names, leaves.drain(from..)),
            Opens::Group(group) => self.row(group, names, leaves.drain(from..)),
            Opens::Header => self.header(names, leaves.drain(from..)),
            Opens::Review | Opens::Nothing | Opens::Unknown if depth < 2 => leaves.truncate(from),
            Opens::Review | Opens::Nothing | Opens::Unknown => {}
        }
    }
}

fn is_container(name: &str) -> bool {
    const CONTAINERS: [&str; 5] = [
        "Reviews",
        "FactorsIdentifiedAtAssessment",
        "Disabilities",
        "ChildIdentifiers",
        "ChildCharacteristics",
    ];
    CONTAINERS.contains(&name)
}
