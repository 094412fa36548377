//! The files of an order, made one after another.

use rust_xlsxwriter::XlsxError;

use crate::dirt::{Collection, Dirt};
use crate::life::Council;
use crate::life::correction::Correction;
use crate::order::{Month, Order, OrderRefused};
use crate::{annex_a, census, local, looked_after, write};

/// One file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntheticFile {
    /// Its path inside the folder, with forward slashes.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Rows of data in it.
    pub rows: usize,
}

/// Files not made yet.
#[derive(Debug)]
pub struct Files {
    order: Order,
    council: Council,
    dirt: Dirt,
    /// The next piece stands last.
    pieces: Vec<Piece>,
    made: std::vec::IntoIter<SyntheticFile>,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    AnnexA(Month),
    LookedAfter(i16),
    Census(i16),
    Manifest,
}

impl Files {
    /// Simulates the council and plans the files of an order.
    pub fn plan(order: &Order) -> Result<Self, OrderRefused> {
        order.check()?;
        let months = order.month_ends().into_iter().map(Piece::AnnexA);
        let years =
            order.year_ends().into_iter().flat_map(|year| [Piece::LookedAfter(year), Piece::Census(year)]);
        let mut pieces: Vec<Piece> = months.chain(years).chain([Piece::Manifest]).collect();
        pieces.reverse();
        Ok(Self {
            order: order.clone(),
            council: Council::simulate(order.seed, order.children),
            dirt: Dirt::new(order.seed, order.dirty),
            pieces,
            made: Vec::new().into_iter(),
        })
    }

    /// Extracts that are left to make; the files of one return are one.
    pub fn left(&self) -> usize {
        self.pieces.len()
    }

    fn make(&mut self, piece: Piece) -> Result<Vec<SyntheticFile>, XlsxError> {
        match piece {
            Piece::AnnexA(month) => {
                let mut files = vec![self.annex_a(month)?];
                files.extend(self.local_lists(month));
                Ok(files)
            }
            Piece::LookedAfter(year) => Ok(self.looked_after(year)),
            Piece::Census(year) => Ok(vec![self.census(year)]),
            Piece::Manifest => {
                let corrections = self.corrections();
                let bytes = write::manifest::manifest(&self.order, &self.dirt.faults, &corrections);
                Ok(vec![SyntheticFile {
                    path: "manifest.json".to_owned(),
                    bytes,
                    rows: self.dirt.faults.len(),
                }])
            }
        }
    }

    /// What was put right between the first extract and the last.
    fn corrections(&self) -> Vec<Correction> {
        let mut corrections = self.council.corrections();
        let months = self.order.month_ends();
        let first = months.first().map(|month| month.end());
        corrections
            .retain(|one| first.is_some_and(|first| one.on > first) && one.on <= self.order.until.end());
        corrections
    }

    fn annex_a(&mut self, month: Month) -> Result<SyntheticFile, XlsxError> {
        let path = format!("{month}/annex-a.xlsx");
        let mut lists = annex_a::lists(&self.council, month.end());
        for list in &mut lists {
            self.dirt.spoil(&path, Collection::AnnexA, list);
        }
        let rows = lists.iter().map(|list| list.rows.len()).sum();
        Ok(SyntheticFile { path, bytes: write::workbook::workbook(&lists)?, rows })
    }

    /// The lists that the council keeps itself, beside the month's lists. They are never spoilt: what is wrong in them
    /// is late or missing.
    fn local_lists(&self, month: Month) -> impl Iterator<Item = SyntheticFile> + use<> {
        local::lists(&self.council, month.end()).into_iter().map(move |list| SyntheticFile {
            path: format!("{month}/registers/{}.csv", list.layout.list),
            bytes: write::comma_separated::comma_separated(&list),
            rows: list.rows.len(),
        })
    }

    fn looked_after(&mut self, year: i16) -> Vec<SyntheticFile> {
        let mut modules = looked_after::modules(&self.council, year);
        let files = modules.iter_mut().map(|module| {
            let path = format!("{year}-ssda903/{}.csv", file_name(module.layout.list));
            self.dirt.spoil(&path, Collection::LookedAfter, module);
            SyntheticFile {
                path,
                bytes: write::comma_separated::comma_separated(module),
                rows: module.rows.len(),
            }
        });
        files.collect()
    }

    fn census(&mut self, year: i16) -> SyntheticFile {
        let path = format!("{year}-cin/cin-census-{year}.xml");
        let mut census = census::census(&self.council, year);
        for group in census.tables_mut() {
            self.dirt.spoil(&path, Collection::Census, group);
        }
        let rows = census.tables().iter().map(|group| group.rows.len()).sum();
        SyntheticFile { path, bytes: write::document::document(&census), rows }
    }
}

/// `PlacedAdoption` as the name of a file: `placed-adoption`.
fn file_name(module: &str) -> String {
    match module {
        "PlacedAdoption" => "placed-adoption".to_owned(),
        "PrevPerm" => "previous-permanence".to_owned(),
        "SWEpisodes" => "social-worker-episodes".to_owned(),
        "DoLo" => "deprivation-of-liberty".to_owned(),
        other => other.to_lowercase(),
    }
}

impl Iterator for Files {
    type Item = Result<SyntheticFile, XlsxError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(file) = self.made.next() {
                return Some(Ok(file));
            }
            let piece = self.pieces.pop()?;
            match self.make(piece) {
                Ok(files) => self.made = files.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
