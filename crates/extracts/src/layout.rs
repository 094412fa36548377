//! What the lists of a collection hold, as declared in `layout/`: lists, columns, code sets, the order of their dates,
//! links between lists, and which dates must lie in the period.
//!
//! Facts come from the project's references for Annex A (version of January 2024), SSDA903 and the children in need
//! census, collections 2023 to 2027. Each column points at the field of the record that it becomes
//! (`vocabulary::records`); one without a field is checked and not kept.

use std::collections::HashMap;
use std::sync::OnceLock;

use vocabulary::records::Subject;

use crate::codes::{CodeSet, Spelling, plain};
use crate::register::Register;

/// A national return, or a local list that the council declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Collection {
    /// The eleven child-level lists of an inspection of local authority children's services.
    AnnexA,
    /// The yearly return on children looked after.
    Ssda903,
    /// The yearly children in need census.
    ChildrenInNeed,
    /// A register: a list that the council keeps and declared (`library/registers`).
    Register(Register),
}

impl Collection {
    /// Every national return.
    pub const ALL: [Self; 3] = [Self::AnnexA, Self::Ssda903, Self::ChildrenInNeed];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::AnnexA => "annex-a",
            Self::Ssda903 => "ssda903",
            Self::ChildrenInNeed => "cin",
            Self::Register(register) => register.name(),
        }
    }

    /// The national return of a name on the command line. Registers are known to whoever holds the library.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|collection| collection.name() == name)
    }

    /// The collection as people name it.
    pub fn in_plain_words(self) -> &'static str {
        match self {
            Self::AnnexA => "Annex A",
            Self::Ssda903 => "the SSDA903 return",
            Self::ChildrenInNeed => "the children in need census",
            Self::Register(register) => register.title(),
        }
    }

    /// How freely its coded cells may be spelled.
    pub fn spelling(self) -> Spelling {
        if self.is_of_a_year() { Spelling::Official } else { Spelling::Free }
    }

    /// Whether it tells of a year to 31 March; the others tell of the day they were made.
    pub fn is_of_a_year(self) -> bool {
        matches!(self, Self::Ssda903 | Self::ChildrenInNeed)
    }
}

/// The years in which something is in force, by the year a collection ends in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Years {
    /// The first, if there was a time before it.
    pub first: Option<i16>,
    /// The last, if it has ended.
    pub last: Option<i16>,
}

impl Years {
    /// Always in force.
    pub const ALL: Self = Self { first: None, last: None };

    /// Two cells of a declared list; blank is open.
    pub fn parse(first: &str, last: &str) -> Self {
        Self { first: first.parse().ok(), last: last.parse().ok() }
    }

    /// Whether a year is one of them.
    pub fn hold(self, year: i16) -> bool {
        self.first.is_none_or(|first| first <= year) && self.last.is_none_or(|last| year <= last)
    }
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// The identifier of the child or adopter.
    Identifier,
    /// Any text.
    Text,
    /// A day.
    Day,
    /// A day with the time of day.
    Moment,
    /// One code.
    Code(&'static CodeSet),
    /// Several codes.
    Codes(&'static CodeSet),
    /// A whole number, between bounds.
    Whole {
        /// The smallest.
        least: f64,
        /// The largest.
        most: f64,
    },
    /// Any number that is not negative.
    Number,
    /// A postcode, which is never kept.
    Postcode,
    /// A unique pupil number: a letter, eleven digits, a digit or letter; or a reason why there is none.
    PupilNumber,
    /// A social worker's registration.
    Registration,
}

/// A column of a list.
#[derive(Debug)]
pub struct ColumnLayout {
    /// Its heading.
    pub name: &'static str,
    /// What its cells hold.
    pub holds: Holds,
    /// Whether a cell may not be blank.
    pub required: bool,
    /// The kind of record its cells go to, when they are kept.
    pub kind: &'static str,
    /// The field of that kind.
    pub field: &'static str,
    /// The years that have it.
    pub years: Years,
}

/// A list of a collection.
#[derive(Debug)]
pub struct ListLayout {
    /// Its name: `List 4`, `Episodes`.
    pub name: &'static str,
    /// What it lists.
    pub title: &'static str,
    /// The kind of record its rows become.
    pub kind: &'static str,
    /// Whom its rows are about.
    pub about: Subject,
    /// The column that says whom a row is about.
    pub subject: usize,
    /// The columns that tell two rows apart; none when nothing does.
    pub key: Vec<usize>,
    /// Whether a row that is the same in every cell may be another event.
    pub identical_kept: bool,
    /// The years that have it.
    pub years: Years,
    /// Its columns.
    pub columns: Vec<ColumnLayout>,
    headings: HashMap<String, usize>,
}

impl ListLayout {
    /// A list of these columns, known by these headings; the first column says whom a row is about.
    pub(crate) fn declared(
        names: (&'static str, &'static str, &'static str),
        about: Subject,
        key: Vec<usize>,
        columns: Vec<ColumnLayout>,
        headings: HashMap<String, usize>,
    ) -> Self {
        let (name, title, kind) = names;
        let (identical_kept, years) = (false, Years::ALL);
        Self { name, title, kind, about, subject: 0, key, identical_kept, years, columns, headings }
    }

    /// The column of a heading without case, spaces, quotes and punctuation.
    pub fn column_of_plain(&self, heading: &str) -> Option<usize> {
        self.headings.get(heading).copied()
    }

    /// The column of a name as the layout spells it.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

/// Two dates of a row of which one must not come before the other.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// The list.
    pub list: usize,
    /// The earlier date's column.
    pub earlier: usize,
    /// The later date's column.
    pub later: usize,
    /// How many days before the earlier it may be after all: work on a child not yet born.
    pub days_before_allowed: i32,
}

/// Something in one list that must stand in another too.
#[derive(Clone, Debug)]
pub struct Link {
    /// The list.
    pub list: usize,
    /// The column whose value is looked for.
    pub column: usize,
    /// Any of these lists may hold it: list and column.
    pub to: Vec<(usize, usize)>,
    /// Only rows with this code in this column.
    pub when: Option<(usize, &'static str)>,
}

/// What is asked of the days in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Within so many months before the day of the extract.
    Months(i32),
    /// Within the year of the return.
    Year,
    /// They may be later than the period.
    MayBeLater,
}

/// A collection's lists and what holds between them.
#[derive(Debug)]
pub struct Layout {
    /// The collection.
    pub collection: Collection,
    /// Its lists.
    pub lists: Vec<ListLayout>,
    /// Dates in order.
    pub orders: Vec<Order>,
    /// Links between lists.
    pub links: Vec<Link>,
    /// Columns of days with a window: list, column, window.
    pub windows: Vec<(usize, usize, Window)>,
}

impl Layout {
    /// The layout of a collection.
    pub fn of(collection: Collection) -> &'static Self {
        static LAYOUTS: [OnceLock<Layout>; 3] = [const { OnceLock::new() }; 3];
        match collection {
            Collection::AnnexA => {
                LAYOUTS[0].get_or_init(|| Self::shipped(collection, include_str!("layout/annex-a.tsv")))
            }
            Collection::Ssda903 => {
                LAYOUTS[1].get_or_init(|| Self::shipped(collection, include_str!("layout/ssda903.tsv")))
            }
            Collection::ChildrenInNeed => {
                LAYOUTS[2].get_or_init(|| Self::shipped(collection, include_str!("layout/cin.tsv")))
            }
            Collection::Register(register) => register.layout(),
        }
    }

    /// The number of a list.
    pub fn list(&self, name: &str) -> Option<usize> {
        self.lists.iter().position(|list| list.name == name)
    }

    fn shipped(collection: Collection, columns: &'static str) -> Self {
        let sets = code_sets(columns);
        let mut layout =
            Self { collection, lists: Vec::new(), orders: vec![], links: vec![], windows: vec![] };
        for cells in lines_of(include_str!("layout/lists.tsv"), collection) {
            layout.lists.push(list_of(&cells, columns, sets));
        }
        layout.read_orders();
        layout.read_links();
        layout.read_windows();
        layout
    }

    fn read_orders(&mut self) {
        for cells in lines_of(include_str!("layout/orders.tsv"), self.collection) {
            let (list, earlier) = self.place(cells[0], cells[1]);
            let (_, later) = self.place(cells[0], cells[2]);
            let days_before_allowed = cells[3].parse().unwrap_or_default();
            self.orders.push(Order { list, earlier, later, days_before_allowed });
        }
    }

    fn read_links(&mut self) {
        for cells in lines_of(include_str!("layout/links.tsv"), self.collection) {
            let (list, column) = self.place(cells[0], cells[1]);
            let to = cells[2].split('|').map(|to| self.place(to, cells[3])).collect();
            let when = (!cells[4].is_empty()).then(|| (self.place(cells[0], cells[4]).1, cells[5]));
            self.links.push(Link { list, column, to, when });
        }
    }

    fn read_windows(&mut self) {
        for cells in lines_of(include_str!("layout/periods.tsv"), self.collection) {
            let (list, column) = self.place(cells[0], cells[1]);
            let window = match cells[2] {
                "year" => Window::Year,
                "may be later" => Window::MayBeLater,
                months => Window::Months(
                    months.strip_suffix(" months").and_then(|number| number.parse().ok()).unwrap_or(12),
                ),
            };
            self.windows.push((list, column, window));
        }
    }

    fn place(&self, list: &str, column: &str) -> (usize, usize) {
        let number = self.list(list).expect("the shipped layouts name only lists they declare: tested");
        let column = self.lists[number].column(column);
        (number, column.expect("the shipped layouts name only columns they declare: tested"))
    }
}

/// The lines of a declared list that belong to a collection, without the collection's own cell.
fn lines_of(text: &'static str, collection: Collection) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).filter_map(move |line| {
        let (name, rest) = line.split_once('\t')?;
        (name == collection.name()).then(|| rest.split('\t').collect())
    })
}

/// The code sets of a layout, which is made once and stays.
fn code_sets(columns: &'static str) -> &'static [CodeSet] {
    let named = columns.lines().skip(1).filter_map(|line| line.split('\t').nth(4));
    let mut names: Vec<&str> = named.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    Vec::leak(CodeSet::shipped(&names))
}

/// A list from its line (list, title, kind, subject, key, identical, first year, last year) and the lines of its columns.
fn list_of(cells: &[&'static str], columns: &'static str, sets: &'static [CodeSet]) -> ListLayout {
    let mut list = ListLayout {
        name: cells[0],
        title: cells[1],
        kind: cells[2],
        about: if cells[2] == "adopter" { Subject::Adopter } else { Subject::Child },
        subject: 0,
        key: Vec::new(),
        identical_kept: cells[5] == "kept",
        years: Years::parse(cells[6], cells[7]),
        columns: Vec::new(),
        headings: HashMap::new(),
    };
    for line in columns.lines().skip(1) {
        let column: Vec<&'static str> = line.split('\t').collect();
        if column[0] == list.name {
            add_column(&mut list, &column, sets);
        }
    }
    let names = |text: &str| text.split('|').filter_map(|name| list.column(name)).collect::<Vec<_>>();
    (list.subject, list.key) = (names(cells[3]).first().copied().unwrap_or_default(), names(cells[4]));
    list
}

/// A column from its line: list, number, column, type, code set, required, kind, field, aliases, first year, last year.
fn add_column(list: &mut ListLayout, cells: &[&'static str], sets: &'static [CodeSet]) {
    let number = list.columns.len();
    let set = sets.iter().find(|set| set.name == cells[4]);
    list.headings.insert(plain(cells[2]), number);
    for alias in cells[8].split('|').filter(|alias| !alias.is_empty()) {
        list.headings.entry(plain(alias)).or_insert(number);
    }
    list.columns.push(ColumnLayout {
        name: cells[2],
        holds: holds(cells[3], set),
        required: cells[5] == "yes",
        kind: cells[6],
        field: cells[7],
        years: Years::parse(cells[9], cells[10]),
    });
}

fn holds(name: &str, set: Option<&'static CodeSet>) -> Holds {
    match (name, set) {
        ("id", _) => Holds::Identifier,
        ("date", _) => Holds::Day,
        ("code", Some(set)) => Holds::Code(set),
        ("codes", Some(set)) => Holds::Codes(set),
        ("postcode", _) => Holds::Postcode,
        ("upn", _) => Holds::PupilNumber,
        ("worker", _) => Holds::Registration,
        _ => match name.strip_prefix("whole ").and_then(|bounds| bounds.split_once('-')) {
            Some((least, most)) => Holds::Whole {
                least: least.parse().unwrap_or_default(),
                most: most.parse().unwrap_or(f64::INFINITY),
            },
            None => Holds::Text,
        },
    }
}

#[cfg(test)]
mod tests {
    use vocabulary::records::{Catalogue, FieldType};

    use super::*;

    #[test]
    fn every_column_goes_to_a_field_that_exists_and_holds_its_type() {
        for collection in Collection::ALL {
            for list in &Layout::of(collection).lists {
                assert!(Catalogue::national().kind(list.kind).is_some(), "{}", list.name);
                for column in list.columns.iter().filter(|column| !column.field.is_empty()) {
                    let kind = Catalogue::national().kind(column.kind).expect(column.kind);
                    let field = kind.field(column.field).expect(column.name);
                    let fits = match column.holds {
                        Holds::Day => field.field_type == FieldType::Day,
                        Holds::Whole { .. } => field.field_type == FieldType::Number,
                        _ => matches!(field.field_type, FieldType::Code | FieldType::Flag | FieldType::Text),
                    };
                    assert!(fits, "{} {}", list.name, column.name);
                }
            }
        }
    }

    #[test]
    fn every_list_is_declared_whole() {
        let counts = [(Collection::AnnexA, 11, 169), (Collection::Ssda903, 12, 78)];
        for (collection, lists, columns) in counts.into_iter().chain([(Collection::ChildrenInNeed, 10, 65)]) {
            let layout = Layout::of(collection);
            assert_eq!(layout.lists.len(), lists);
            assert_eq!(layout.lists.iter().map(|list| list.columns.len()).sum::<usize>(), columns);
            assert!(layout.lists.iter().all(|list| !list.columns.is_empty()));
        }
    }

    #[test]
    fn every_code_column_has_its_codes() {
        for collection in Collection::ALL {
            for column in Layout::of(collection).lists.iter().flat_map(|list| &list.columns) {
                if let Holds::Code(set) | Holds::Codes(set) = column.holds {
                    assert!(set.codes.len() > 1, "{}", column.name);
                }
            }
        }
    }

    #[test]
    fn headings_match_whatever_their_case_quotes_and_punctuation() {
        let layout = Layout::of(Collection::AnnexA);
        let eight = &layout.lists[layout.list("List 8").expect("declared")];
        let missing = eight.column_of_plain(&plain(
            "number of episodes the child has been \u{2018}Missing\u{2019}  from their placement in the last 12 months ",
        ));
        assert_eq!(missing, Some(28));
        let offered = eight.column_of_plain(&plain(
            "Was the child offered a Return Interview after their last missing episode (Y/N))?",
        ));
        assert_eq!(offered, Some(30));
        assert_eq!(eight.column_of_plain("age"), Some(4));
    }
}
