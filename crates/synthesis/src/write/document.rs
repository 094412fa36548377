//! The children in need census as its XML document, groups in the order of the schema.

use std::fmt::Write as _;

use crate::census::Census;
use crate::sheet::{Cell, Table};

/// The bytes of the document.
pub fn document(census: &Census) -> Vec<u8> {
    let mut writer = Writer { text: String::new(), depth: 0 };
    writer.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    writer.open("Message");
    header(&mut writer, census.ending);
    writer.open("Children");
    let mut cursors = Cursors::default();
    for child in 0..census.children.rows.len() {
        write_child(&mut writer, census, &mut cursors, child);
    }
    writer.close("Children");
    writer.close("Message");
    writer.text.into_bytes()
}

fn header(writer: &mut Writer, ending: i16) {
    writer.open("Header");
    writer.open("CollectionDetails");
    writer.element("Collection", "CIN");
    writer.element("Year", &ending.to_string());
    writer.element("ReferenceDate", &format!("{ending}-03-31"));
    writer.close("CollectionDetails");
    writer.open("Source");
    writer.element("SourceLevel", "L");
    writer.element("LEA", "999");
    writer.element("SoftwareCode", "Headway");
    writer.element("Release", "synthetic");
    writer.element("SerialNo", "001");
    writer.element("DateTime", &format!("{ending}-06-30T09:00:00"));
    writer.close("Source");
    writer.close("Header");
}

/// How far each inner group has been written: rows of a group stand in the order of the rows they belong to.
#[derive(Default)]
struct Cursors {
    details: usize,
    assessments: usize,
    plans: usize,
    enquiries: usize,
    protection: usize,
    reviews: usize,
    pre_proceedings: usize,
}

/// The next row of a group, if it belongs to this row of the outer one.
fn next(table: &Table, cursor: &mut usize, parent: usize) -> Option<usize> {
    let row = *cursor;
    let belongs = table.parents.get(row).is_some_and(|&of| of as usize == parent);
    belongs.then(|| {
        *cursor += 1;
        row
    })
}

fn write_child(writer: &mut Writer, census: &Census, cursors: &mut Cursors, child: usize) {
    let table = &census.children;
    let cells = &table.rows[child];
    writer.open("Child");
    writer.open("ChildIdentifiers");
    writer.fields(
        table,
        cells,
        &["LAchildID", "UPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate"],
    );
    writer.fields(table, cells, &["GenderCurrent", "Sex", "PersonDeathDate"]);
    writer.close("ChildIdentifiers");
    writer.open("ChildCharacteristics");
    writer.fields(table, cells, &["Ethnicity"]);
    writer.repeated(table, cells, "Disabilities", "Disability");
    writer.close("ChildCharacteristics");
    while let Some(details) = next(&census.details, &mut cursors.details, child) {
        write_details(writer, census, cursors, details);
    }
    writer.close("Child");
}

fn write_details(writer: &mut Writer, census: &Census, cursors: &mut Cursors, details: usize) {
    let (table, cells) = (&census.details, &census.details.rows[details]);
    writer.open("CINdetails");
    writer.fields(table, cells, &["CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate"]);
    writer.fields(table, cells, &["ReasonForClosure", "DateOfInitialCPC"]);
    while let Some(row) = next(&census.assessments, &mut cursors.assessments, details) {
        write_assessment(writer, &census.assessments, row);
    }
    while let Some(row) = next(&census.plans, &mut cursors.plans, details) {
        writer.group(&census.plans, row);
    }
    while let Some(row) = next(&census.enquiries, &mut cursors.enquiries, details) {
        writer.group(&census.enquiries, row);
    }
    writer.fields(table, cells, &["ReferralNFA"]);
    while let Some(row) = next(&census.protection, &mut cursors.protection, details) {
        write_protection(writer, census, cursors, row);
    }
    while let Some(row) = next(&census.pre_proceedings, &mut cursors.pre_proceedings, details) {
        writer.group(&census.pre_proceedings, row);
    }
    writer.close("CINdetails");
}

fn write_assessment(writer: &mut Writer, table: &Table, row: usize) {
    let cells = &table.rows[row];
    writer.open(table.layout.list);
    writer.fields(table, cells, &["AssessmentActualStartDate", "AssessmentInternalReviewDate"]);
    writer.fields(table, cells, &["AssessmentAuthorisationDate"]);
    writer.repeated(table, cells, "FactorsIdentifiedAtAssessment", "AssessmentFactors");
    writer.close(table.layout.list);
}

fn write_protection(writer: &mut Writer, census: &Census, cursors: &mut Cursors, row: usize) {
    let (table, cells) = (&census.protection, &census.protection.rows[row]);
    writer.open(table.layout.list);
    writer.fields(table, cells, &["CPPstartDate", "CPPendDate", "InitialCategoryOfAbuse"]);
    writer.fields(table, cells, &["LatestCategoryOfAbuse", "NumberOfPreviousCPP"]);
    let first = cursors.reviews;
    while let Some(review) = next(&census.reviews, &mut cursors.reviews, row) {
        if review == first {
            writer.open("Reviews");
        }
        writer.fields(&census.reviews, &census.reviews.rows[review], &["CPPreviewDate"]);
    }
    if cursors.reviews > first {
        writer.close("Reviews");
    }
    writer.close(table.layout.list);
}

struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n(' ', self.depth));
    }

    fn open(&mut self, name: &str) {
        self.indent();
        let _infallible = writeln!(self.text, "<{name}>");
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.indent();
        let _infallible = writeln!(self.text, "</{name}>");
    }

    fn element(&mut self, name: &str, value: &str) {
        self.indent();
        let _infallible = write!(self.text, "<{name}>");
        for letter in value.chars() {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                other => self.text.push(other),
            }
        }
        let _infallible = writeln!(self.text, "</{name}>");
    }

    /// A whole group whose fields stand in the order of its layout.
    fn group(&mut self, table: &Table, row: usize) {
        self.open(table.layout.list);
        for (column, cell) in table.layout.columns.iter().zip(&table.rows[row]) {
            self.field(column.name, cell);
        }
        self.close(table.layout.list);
    }

    /// Some fields of a row; a blank has no element.
    fn fields(&mut self, table: &Table, cells: &[Cell], names: &[&str]) {
        for name in names {
            if let Some(place) = table.column(name) {
                self.field(name, &cells[place]);
            }
        }
    }

    fn field(&mut self, name: &str, cell: &Cell) {
        if !cell.is_blank() {
            self.element(name, &cell.shown());
        }
    }

    /// A code for each word of a cell, inside an element of their own.
    fn repeated(&mut self, table: &Table, cells: &[Cell], around: &str, name: &str) {
        let Some(cell) = table.column(name).map(|place| &cells[place]).filter(|cell| !cell.is_blank()) else {
            return;
        };
        self.open(around);
        for code in cell.shown().split(' ') {
            self.element(name, code);
        }
        self.close(around);
    }
}
