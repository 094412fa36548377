//! The work that is measured: all that stands between the files of a council and its figures, in memory.
//!
//! The same calls as `headway load` and `headway assess` make, without the sealed files and the database between.

use std::error::Error;

use extracts::{Collection, NamedFile, Question, Reading};
use practice::assess::{Settings, assess};
use practice::history::{self, History, Snapshot};
use practice::indicator::{IndicatorValue, fold};
use practice::library::Library;
use practice::outcome::Outcomes;
use synthesis::files::Files;
use synthesis::order::{Month, Order};
use vocabulary::day::Day;
use vocabulary::records::Records;

/// Anything that can go wrong, for the person who measures.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Months for which indicators are folded, as the product does.
const MONTHS: usize = 36;

/// An extract is late when it shows an event this many days after one that should have, as in the product.
const LATE_AFTER_DAYS: i32 = 3;

/// The files of one return.
pub struct Extract {
    /// The folder that they came in: `2026-10`, `2026-cin`.
    pub folder: String,
    /// Which return it is.
    pub collection: Collection,
    /// The day that it tells of.
    pub as_at: Day,
    /// Names and contents.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What is known of a council as at a day.
pub struct Figures {
    /// The picture of all snapshots.
    pub history: History,
    /// What the standards say.
    pub outcomes: Outcomes,
    /// The indicators.
    pub values: Vec<IndicatorValue>,
}

impl Extract {
    /// An empty extract, by the name of its folder.
    pub fn of_folder(folder: &str) -> Option<Self> {
        let (year, rest) = folder.split_once('-')?;
        let year: i16 = year.parse().ok()?;
        let (collection, month) = match rest {
            "ssda903" => (Collection::Ssda903, 3),
            "cin" => (Collection::ChildrenInNeed, 3),
            month => (Collection::AnnexA, month.parse().ok()?),
        };
        let as_at = Day::new(year, month, 1)?.end_of_month();
        Some(Self { folder: folder.to_owned(), collection, as_at, files: Vec::new() })
    }

    /// How many bytes it has.
    pub fn bytes(&self) -> usize {
        self.files.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    /// Reads and checks it.
    pub fn read(&self) -> Result<Reading> {
        let files: Vec<NamedFile<'_>> =
            self.files.iter().map(|(name, bytes)| NamedFile { name, bytes }).collect();
        let question = Question { as_at: Some(self.as_at), ..Question::about(self.collection) };
        extracts::read(&files, &question).map_err(|refusal| refusal.for_people().what.into())
    }
}

/// A synthetic council's extracts, in the order of their days.
pub fn made(children: u32, months: u32, seed: u64, dirty: f64) -> Result<Vec<Extract>> {
    let until: Month = "2026-10".parse()?;
    let mut extracts: Vec<Extract> = Vec::new();
    for file in Files::plan(&Order { children, months, until, seed, dirty })? {
        let file = file?;
        let Some((folder, name)) = file.path.split_once('/') else { continue };
        let place = extracts.iter().position(|extract| extract.folder == folder);
        let extract = match place {
            Some(place) => &mut extracts[place],
            None => {
                extracts.push(Extract::of_folder(folder).ok_or("a folder is named for a month or a return")?);
                extracts.last_mut().ok_or("it was just put there")?
            }
        };
        extract.files.push((name.to_owned(), file.bytes));
    }
    extracts.sort_by_key(|extract| extract.as_at);
    Ok(extracts)
}

/// The standards and indicators that the program ships.
pub fn library() -> Library {
    Library::load(&practice::shipped::files(), &[]).0
}

/// The newest day among some readings.
pub fn newest(readings: &[(Day, Collection, Records)]) -> Day {
    readings.iter().map(|(as_at, ..)| *as_at).max().unwrap_or(Day(0))
}

/// Puts what was read into one picture.
pub fn picture(library: &Library, read: &[(Day, Collection, Records)]) -> History {
    let snapshots: Vec<Snapshot<'_>> = (0..)
        .zip(read)
        .map(|(load, (as_at, collection, records))| Snapshot {
            as_at: *as_at,
            loaded_on: *as_at,
            load,
            collection: collection.name(),
            records,
        })
        .collect();
    let question = history::Question {
        known_on: Day(i32::MAX / 2),
        late_after_days: LATE_AFTER_DAYS,
        catalogue: &library.catalogue,
    };
    History::of(&snapshots, &question)
}

/// Judges a picture.
pub fn judged(library: &Library, history: &History) -> Outcomes {
    assess(library, &history.picture, &Settings::default())
}

/// Folds outcomes into indicators.
pub fn folded(library: &Library, outcomes: &Outcomes, as_at: Day) -> Vec<IndicatorValue> {
    fold(library, outcomes, as_at, MONTHS)
}

/// All of it.
pub fn figures(library: &Library, read: &[(Day, Collection, Records)]) -> Figures {
    let history = picture(library, read);
    let outcomes = judged(library, &history);
    let values = folded(library, &outcomes, newest(read));
    Figures { history, outcomes, values }
}
