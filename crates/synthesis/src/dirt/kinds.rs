//! The kinds of fault: what has been seen in real or sample files of Annex A, and breaches of the rules of structure
//! that all three collections share.

use vocabulary::day::Day;

use super::Change;
use crate::chance::Chance;
use crate::life::season::is_weekend;
use crate::sheet::{Cell, Column, Holds, Table};

/// Which collection a list belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// Ofsted's Annex A.
    AnnexA,
    /// The SSDA903 return.
    LookedAfter,
    /// The children in need census.
    Census,
}

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An age with decimals.
    DecimalAge,
    /// An identifier stored as a number, its leading zeros lost.
    NumberForIdentifier,
    /// `#N/A` for a team or worker.
    LookupFailed,
    /// A space that does not break in a name.
    NonBreakingSpace,
    /// A formula left in a cell.
    FormulaLeft,
    /// A category of adult social care where a child's need is asked.
    AdultCategory,
    /// Free text where yes or no is asked.
    TextForYesOrNo,
    /// Something else in place of a postcode.
    NotAPostcode,
    /// No date of birth.
    NoBirth,
    /// A date of birth that other lists don't give.
    OtherBirth,
    /// Gender by another code.
    OtherGender,
    /// Ethnicity by a local label.
    LocalEthnicity,
    /// A word for nothing.
    WordForBlank,
    /// A row from before the window.
    OutsideWindow,
    /// A day that the calendar doesn't have.
    ImpossibleDate,
    /// No identifier.
    NoIdentifier,
    /// A code that the set doesn't have.
    UnknownCode,
    /// An end before its start.
    EndBeforeStart,
    /// A row that stands twice.
    DuplicateRow,
    /// A blank where something is required.
    RequiredBlank,
    /// A child of other modules who is not in the header.
    NoHeader,
    /// An end without its reason.
    EndWithoutReason,
    /// A day between two episodes that should meet.
    GapInChain,
    /// A new period begins in the middle of a chain.
    StartInChain,
    /// A provider that does not go with the placement.
    WrongProvider,
    /// A conference on a weekend.
    WeekendConference,
    /// A plan that doesn't start on the day of its conference.
    PlanOffConference,
    /// Something before the referral.
    BeforeReferral,
    /// No factors found, together with factors.
    NoneWithFactors,
}

const ANNEX_A: &[Kind] = &[
    Kind::DecimalAge,
    Kind::ImpossibleDate,
    Kind::NumberForIdentifier,
    Kind::UnknownCode,
    Kind::LookupFailed,
    Kind::EndBeforeStart,
    Kind::NonBreakingSpace,
    Kind::DuplicateRow,
    Kind::FormulaLeft,
    Kind::NoIdentifier,
    Kind::AdultCategory,
    Kind::RequiredBlank,
    Kind::TextForYesOrNo,
    Kind::NotAPostcode,
    Kind::NoBirth,
    Kind::OtherGender,
    Kind::OutsideWindow,
    Kind::LocalEthnicity,
    Kind::OtherBirth,
    Kind::WordForBlank,
];

const LOOKED_AFTER: &[Kind] = &[
    Kind::NoHeader,
    Kind::GapInChain,
    Kind::ImpossibleDate,
    Kind::WrongProvider,
    Kind::UnknownCode,
    Kind::StartInChain,
    Kind::EndBeforeStart,
    Kind::EndWithoutReason,
    Kind::DuplicateRow,
    Kind::NoIdentifier,
    Kind::OtherBirth,
    Kind::RequiredBlank,
    Kind::NotAPostcode,
    Kind::WordForBlank,
];

const CENSUS: &[Kind] = &[
    Kind::PlanOffConference,
    Kind::WeekendConference,
    Kind::ImpossibleDate,
    Kind::BeforeReferral,
    Kind::UnknownCode,
    Kind::EndWithoutReason,
    Kind::EndBeforeStart,
    Kind::NoneWithFactors,
    Kind::DuplicateRow,
    Kind::NoIdentifier,
    Kind::RequiredBlank,
    Kind::NoBirth,
];

/// Columns of which the second may not come before the first.
const PAIRS: &[(&str, &str)] = &[
    ("Assessment start date", "Assessment completion date"),
    ("Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"),
    (
        "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Date of Initial Child Protection Conference",
    ),
    ("CIN Start Date", "CIN Closure Date"),
    ("Child Protection Plan Start Date", "Child Protection Plan End Date"),
    ("Date Started to be Looked After", "Date Ceased to be Looked After"),
    ("Date of Matching Child and Prospective Adopters", "Date Placed for Adoption"),
    ("Date Stage 1 started", "Date Stage 1 ended"),
    ("DECOM", "DEC"),
    ("MIS_START", "MIS_END"),
    ("SW_DECOM", "SW_DEC"),
    ("DATE_PLACED", "DATE_PLACED_CEASED"),
    ("DOLO_START", "DOLO_END"),
    ("CINreferralDate", "CINclosureDate"),
    ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    ("CINPlanStartDate", "CINPlanEndDate"),
    ("S47ActualStartDate", "DateOfInitialCPC"),
    ("CPPstartDate", "CPPendDate"),
    ("PPStartDate", "StepDecisionDate"),
];

/// Groups of the census that hold no other group, so that a copy takes nothing along.
const LEAVES: &[&str] = &["Assessments", "CINPlanDates", "Section47", "Reviews", "PreProceedingsandFGDM"];

const BIRTHS: &[&str] = &["Date of Birth", "DOB", "PersonBirthDate"];

impl Collection {
    /// The kinds of fault that its files are given, in turn.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Self::AnnexA => ANNEX_A,
            Self::LookedAfter => LOOKED_AFTER,
            Self::Census => CENSUS,
        }
    }
}

/// A row that may be spoilt.
struct Row<'a> {
    table: &'a Table,
    cells: &'a [Cell],
}

impl Kind {
    /// The name in the list of faults.
    pub fn name(self) -> &'static str {
        match self {
            Self::DecimalAge => "decimal age",
            Self::NumberForIdentifier => "identifier stored as a number",
            Self::LookupFailed => "failed look-up in team or worker",
            Self::NonBreakingSpace => "non-breaking space in a name",
            Self::FormulaLeft => "formula left in a cell",
            Self::AdultCategory => "adult social care category as need",
            Self::TextForYesOrNo => "text for yes or no",
            Self::NotAPostcode => "not a postcode",
            Self::NoBirth => "date of birth missing",
            Self::OtherBirth => "date of birth differs",
            Self::OtherGender => "gender by another code",
            Self::LocalEthnicity => "ethnicity by a local label",
            Self::WordForBlank => "word for a blank",
            Self::OutsideWindow => "row outside the window",
            Self::ImpossibleDate => "impossible date",
            Self::NoIdentifier => "identifier missing",
            Self::UnknownCode => "unknown code",
            Self::EndBeforeStart => "end before start",
            Self::DuplicateRow => "duplicate row",
            Self::RequiredBlank => "required cell blank",
            Self::NoHeader => "child without header",
            Self::EndWithoutReason => "end without reason",
            Self::GapInChain => "gap in the chain of episodes",
            Self::StartInChain => "period starts in the middle of a chain",
            Self::WrongProvider => "provider does not go with the placement",
            Self::WeekendConference => "conference on a weekend",
            Self::PlanOffConference => "plan does not start on its conference's day",
            Self::BeforeReferral => "before the referral",
            Self::NoneWithFactors => "no factors together with factors",
        }
    }

    /// What it does to a row; nothing when the row has no place for it.
    pub fn change(
        self,
        collection: Collection,
        table: &Table,
        row: usize,
        chance: &mut Chance,
    ) -> Option<Change> {
        let row = Row { table, cells: &table.rows[row] };
        match self {
            Self::DuplicateRow => {
                let stands_alone = collection != Collection::Census || LEAVES.contains(&table.layout.list);
                (stands_alone && table.layout.list != "Header").then_some(Change::Copy)
            }
            Self::NoHeader => (table.layout.list == "Header").then_some(Change::Gone),
            _ => self.cell(collection, &row, chance).map(|(column, cell)| Change::Cell(column, cell)),
        }
    }

    fn cell(self, collection: Collection, row: &Row<'_>, chance: &mut Chance) -> Option<(usize, Cell)> {
        match self {
            Self::DecimalAge | Self::FormulaLeft => self.age(row, chance),
            Self::LookupFailed => {
                row.to_text(row.named(&["Allocated Worker", "Allocated Team"], chance)?, "#N/A")
            }
            Self::NonBreakingSpace => {
                let column = row.named(&["Allocated Worker", "Allocated Team"], chance)?;
                Some((column, row.cells[column].shown().replace(' ', "\u{a0}").into()))
            }
            Self::AdultCategory => row.to_text(row.coded(&["NEED"], chance)?, "Learning disability support"),
            Self::TextForYesOrNo => {
                row.to_text(row.coded(&["YESNO", "YESNOUNK"], chance)?, "Assessment updated")
            }
            Self::OtherGender => {
                row.to_any(row.coded(&["GENDER"], chance)?, &["1", "2", "0", "9", "M", "F", "U", "I"], chance)
            }
            Self::LocalEthnicity => {
                let labels =
                    ["White - British", "A1", "Any other White background", "B1", "Not yet obtained"];
                row.to_any(row.coded(&["ETHNICITY"], chance)?, &labels, chance)
            }
            Self::NotAPostcode => {
                row.to_text(row.holding(|column, _| column.holds == Holds::Postcode, chance)?, "nope")
            }
            Self::WordForBlank => {
                let column = row.blank(chance)?;
                row.to_any(column, &["nan", "-", "..", "<blank>"], chance)
            }
            Self::UnknownCode => {
                row.to_text(row.holding(|column, _| column.holds == Holds::Code, chance)?, "ZZ")
            }
            Self::RequiredBlank => {
                let required = |column: &Column, _: &Cell| column.required && column.holds != Holds::Subject;
                Some((row.holding(required, chance)?, Cell::Blank))
            }
            Self::NumberForIdentifier => row.subject_as_number(),
            Self::NoIdentifier => Some((row.subject()?, Cell::Blank)),
            _ => self.day(collection, row, chance),
        }
    }

    fn day(self, collection: Collection, row: &Row<'_>, chance: &mut Chance) -> Option<(usize, Cell)> {
        match self {
            Self::NoBirth => Some((row.named(BIRTHS, chance)?, Cell::Blank)),
            Self::OtherBirth => row.moved(row.named(BIRTHS, chance)?, -chance.between(1, 28)),
            Self::OutsideWindow => {
                row.moved(row.named(&["Date of Contact", "Date of referral"], chance)?, -400)
            }
            Self::ImpossibleDate => {
                let column = row.holding(|_, cell| matches!(cell, Cell::Day(_)), chance)?;
                row.to_text(
                    column,
                    if collection == Collection::Census { "2026-02-31" } else { "31/02/2026" },
                )
            }
            Self::EndBeforeStart => row.end_before_start(chance),
            Self::BeforeReferral => row.moved(row.named(&["AssessmentActualStartDate"], chance)?, -900),
            Self::WeekendConference => row.onto_saturday(),
            Self::PlanOffConference => row.moved(row.named(&["CPPstartDate"], chance)?, 1),
            _ => self.chain(row, chance),
        }
    }

    fn chain(self, row: &Row<'_>, chance: &mut Chance) -> Option<(usize, Cell)> {
        let in_chain = || row.text("RNE").is_some_and(|reason| reason != "S");
        match self {
            Self::EndWithoutReason => Some((row.named(&["REC", "ReasonForClosure"], chance)?, Cell::Blank)),
            Self::GapInChain if in_chain() && row.day("DEC").is_none() => row.moved(row.column("DECOM")?, 1),
            Self::StartInChain if in_chain() => row.to_text(row.column("RNE")?, "S"),
            Self::WrongProvider => {
                let with_parents = row.text("PLACE")? == "P1";
                row.to_text(row.named(&["PLACE_PROVIDER"], chance)?, if with_parents { "PR4" } else { "PR0" })
            }
            Self::NoneWithFactors => {
                let column = row.named(&["AssessmentFactors"], chance)?;
                let factors = row.cells[column].shown();
                (!factors.split(' ').any(|factor| factor == "21"))
                    .then(|| (column, format!("{factors} 21").into()))
            }
            _ => None,
        }
    }

    fn age(self, row: &Row<'_>, chance: &mut Chance) -> Option<(usize, Cell)> {
        let column = row.named(&["Age of Child (Years)"], chance)?;
        let Cell::Whole(age) = row.cells[column] else { return None };
        let cell = match self {
            Self::DecimalAge => {
                Cell::Decimal((age * 1000 + i64::from(chance.between(1, 999))) as f64 / 1000.0)
            }
            _ => Cell::Formula("=DATEDIF(DATE(2020,1,1),DATE(2026,1,1),\"Y\")", age.to_string()),
        };
        Some((column, cell))
    }
}

impl Row<'_> {
    fn column(&self, name: &str) -> Option<usize> {
        self.table.column(name)
    }

    fn text(&self, name: &str) -> Option<String> {
        let cell = &self.cells[self.column(name)?];
        (!cell.is_blank()).then(|| cell.shown())
    }

    fn day(&self, name: &str) -> Option<Day> {
        match self.cells[self.column(name)?] {
            Cell::Day(day) => Some(day),
            _ => None,
        }
    }

    /// One of the columns that hold something and pass a test.
    fn holding(&self, test: impl Fn(&Column, &Cell) -> bool, chance: &mut Chance) -> Option<usize> {
        let columns = self.table.layout.columns.iter().zip(self.cells).enumerate();
        let fit = columns.filter(|(_, (column, cell))| !cell.is_blank() && test(column, cell));
        let fit: Vec<usize> = fit.map(|(place, _)| place).collect();
        (!fit.is_empty()).then(|| chance.any(&fit))
    }

    fn named(&self, names: &[&str], chance: &mut Chance) -> Option<usize> {
        self.holding(|column, _| names.contains(&column.name), chance)
    }

    fn coded(&self, sets: &[&str], chance: &mut Chance) -> Option<usize> {
        self.holding(|column, _| sets.contains(&column.codes), chance)
    }

    fn blank(&self, chance: &mut Chance) -> Option<usize> {
        let blanks = self.cells.iter().enumerate().filter(|(_, cell)| cell.is_blank());
        let blanks: Vec<usize> = blanks.map(|(place, _)| place).collect();
        (!blanks.is_empty()).then(|| chance.any(&blanks))
    }

    fn subject(&self) -> Option<usize> {
        self.table.layout.columns.iter().position(|column| column.holds == Holds::Subject)
    }

    fn subject_as_number(&self) -> Option<(usize, Cell)> {
        let column = self.subject()?;
        self.cells[column].shown().parse().ok().map(|number| (column, Cell::Whole(number)))
    }

    fn to_text(&self, column: usize, text: &'static str) -> Option<(usize, Cell)> {
        let cell = Cell::from(text);
        (self.cells[column] != cell).then_some((column, cell))
    }

    fn to_any(&self, column: usize, texts: &[&'static str], chance: &mut Chance) -> Option<(usize, Cell)> {
        self.to_text(column, chance.any(texts))
    }

    fn moved(&self, column: usize, days: i32) -> Option<(usize, Cell)> {
        match self.cells[column] {
            Cell::Day(day) => Some((column, Cell::Day(day.plus_days(days)))),
            _ => None,
        }
    }

    fn end_before_start(&self, chance: &mut Chance) -> Option<(usize, Cell)> {
        let pair = PAIRS.iter().find(|(start, end)| self.day(start).is_some() && self.day(end).is_some())?;
        let start = self.day(pair.0)?;
        Some((self.column(pair.1)?, Cell::Day(start.plus_days(-chance.between(1, 60)))))
    }

    fn onto_saturday(&self) -> Option<(usize, Cell)> {
        let mut day = self.day("DateOfInitialCPC")?;
        while !is_weekend(day) {
            day = day.plus_days(1);
        }
        Some((self.column("DateOfInitialCPC")?, Cell::Day(day)))
    }
}
