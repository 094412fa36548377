//! Districts and children's services authorities of England, each with the days on which its code stood.
//!
//! The facts are `library/geography/districts.tsv` and `authorities.tsv`, with their sources. Councils merge and split
//! on 1 April, and codes change with boundaries, so a code means nothing without a day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::AreaCode;
use crate::day::Day;

/// How far a row of the register may be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Every fact of it was read in a source that it names.
    Verified,
    /// At least one fact of it was not read anywhere; the file says which.
    GeneralKnowledge,
}

/// A local authority district under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// The first day of the code under this name.
    pub from: Day,
    /// The last day; none while it stands.
    pub to: Option<Day>,
    /// The children's services authority for its area: its county, or itself.
    pub authority: AreaCode,
    /// The codes that took over its area.
    pub replaced_by: Vec<AreaCode>,
    /// How far this may be relied on.
    pub standing: Standing,
}

/// A children's services authority under one code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// The first day of the code.
    pub from: Day,
    /// The last day; none while it stands.
    pub to: Option<Day>,
    /// The Department's three-digit code, which stays when the Office's changes.
    pub department_code: Option<String>,
    /// How far this may be relied on.
    pub standing: Standing,
}

/// Where a district code leads on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placing {
    /// The code stands on that day and lies in this authority.
    Standing(AreaCode),
    /// The code had ended, and its whole area lies in this authority.
    Ended(AreaCode),
    /// No one authority can be named: unknown, not yet begun, or ended and shared out.
    Unknown,
}

/// Why a file of the register was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct RegisterError {
    /// Which of the two files.
    pub file: &'static str,
    /// The line at fault, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// Every district and authority of England since 2009.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    version: Day,
    districts: Vec<District>,
    authorities: Vec<Authority>,
    heirs: BTreeMap<AreaCode, BTreeSet<AreaCode>>,
}

/// The register as shipped.
pub fn england() -> &'static Register {
    static SHIPPED: OnceLock<Register> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        Register::parse(
            include_str!("../../../../library/geography/districts.tsv"),
            include_str!("../../../../library/geography/authorities.tsv"),
        )
        .expect("the shipped register is read by this crate's own tests")
    })
}

impl Register {
    /// Reads the texts of the two files.
    pub fn parse(districts: &str, authorities: &str) -> Result<Self, RegisterError> {
        let districts = Sheet::read("districts.tsv", districts)?;
        let authorities = Sheet::read("authorities.tsv", authorities)?;
        let mut register = Self {
            version: districts.version.min(authorities.version),
            districts: districts.rows(DISTRICT_COLUMNS, district)?,
            authorities: authorities.rows(AUTHORITY_COLUMNS, authority)?,
            heirs: BTreeMap::new(),
        };
        register.heirs = register.inheritance();
        Ok(register)
    }

    /// The day on which the older of the two files was last read against its sources.
    pub fn version(&self) -> Day {
        self.version
    }

    /// Every district, in order of code and day.
    pub fn districts(&self) -> &[District] {
        &self.districts
    }

    /// Every authority, in order of code.
    pub fn authorities(&self) -> &[Authority] {
        &self.authorities
    }

    /// The districts that stand on a day.
    pub fn districts_on(&self, day: Day) -> impl Iterator<Item = &District> {
        self.districts.iter().filter(move |district| stands(district.from, district.to, day))
    }

    /// The authorities that stand on a day.
    pub fn authorities_on(&self, day: Day) -> impl Iterator<Item = &Authority> {
        self.authorities.iter().filter(move |authority| stands(authority.from, authority.to, day))
    }

    /// An authority by its code, whether or not it still stands.
    pub fn find_authority(&self, code: AreaCode) -> Option<&Authority> {
        self.authorities.iter().find(|authority| authority.code == code)
    }

    /// The authority in which a district's area lies on a day.
    ///
    /// Data sets carry codes on for some months after they end, so an ended code leads to its heir when there is one.
    pub fn authority_of_district(&self, code: AreaCode, day: Day) -> Placing {
        if let Some(district) = self.districts_on(day).find(|district| district.code == code) {
            return Placing::Standing(district.authority);
        }
        match self.heir_on(code, day) {
            Some(authority) => Placing::Ended(authority),
            None => Placing::Unknown,
        }
    }

    /// The authorities that took over any of an ended authority's area, and theirs in turn.
    pub fn heirs_of(&self, authority: AreaCode) -> &BTreeSet<AreaCode> {
        static NONE: BTreeSet<AreaCode> = BTreeSet::new();
        self.heirs.get(&authority).unwrap_or(&NONE)
    }

    fn heir_on(&self, code: AreaCode, day: Day) -> Option<AreaCode> {
        let ended = self.districts.iter().rfind(|district| district.code == code)?;
        let [next] = ended.replaced_by.as_slice() else { return None };
        if ended.to? >= day {
            return None;
        }
        let standing = self.districts_on(day).find(|district| district.code == *next);
        standing.map(|district| district.authority).or_else(|| self.heir_on(*next, day))
    }

    fn inheritance(&self) -> BTreeMap<AreaCode, BTreeSet<AreaCode>> {
        let mut heirs: BTreeMap<AreaCode, BTreeSet<AreaCode>> = BTreeMap::new();
        // Latest first, so that the heirs of an heir are already known.
        let mut ended: Vec<&Authority> =
            self.authorities.iter().filter(|authority| authority.to.is_some()).collect();
        ended.sort_by_key(|authority| std::cmp::Reverse(authority.to));
        for authority in ended {
            let direct = self.direct_heirs(authority);
            let later =
                direct.iter().filter_map(|heir| heirs.get(heir)).flatten().copied().collect::<Vec<_>>();
            heirs.insert(authority.code, direct.into_iter().chain(later).collect());
        }
        heirs
    }

    fn direct_heirs(&self, authority: &Authority) -> BTreeSet<AreaCode> {
        let Some(last) = authority.to else { return BTreeSet::new() };
        let ending = self
            .districts
            .iter()
            .filter(|district| district.authority == authority.code && district.to == Some(last));
        let after = ending.flat_map(|district| &district.replaced_by);
        after
            .filter_map(|code| match self.authority_of_district(*code, last.plus_days(1)) {
                Placing::Standing(heir) => Some(heir),
                Placing::Ended(_) | Placing::Unknown => None,
            })
            .collect()
    }
}

fn stands(from: Day, to: Option<Day>, day: Day) -> bool {
    from <= day && to.is_none_or(|to| day <= to)
}

const DISTRICT_COLUMNS: [&str; 8] =
    ["code", "name", "from", "to", "authority", "replaced_by", "status", "sources"];
const AUTHORITY_COLUMNS: [&str; 7] = ["code", "name", "from", "to", "department_code", "status", "sources"];

fn district(cells: [&str; 8]) -> Option<District> {
    let [code, name, from, to, authority, replaced_by, status, sources] = cells;
    let heirs = replaced_by.split(',').filter(|heir| !heir.is_empty()).map(AreaCode::parse);
    Some(District {
        code: AreaCode::parse(code)?,
        name: filled(name)?,
        from: Day::parse(from)?,
        to: last_day(to)?,
        authority: AreaCode::parse(authority)?,
        replaced_by: heirs.collect::<Option<_>>()?,
        standing: standing(status, sources)?,
    })
}

fn authority(cells: [&str; 7]) -> Option<Authority> {
    let [code, name, from, to, department_code, status, sources] = cells;
    let three_digits =
        department_code.len() == 3 && department_code.bytes().all(|byte| byte.is_ascii_digit());
    Some(Authority {
        code: AreaCode::parse(code)?,
        name: filled(name)?,
        from: Day::parse(from)?,
        to: last_day(to)?,
        department_code: blank_or(department_code, three_digits)?,
        standing: standing(status, sources)?,
    })
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The outer absence says that the cell is at fault, the inner one that it is blank.
fn blank_or(text: &str, well_formed: bool) -> Option<Option<String>> {
    (text.is_empty() || well_formed).then(|| filled(text))
}

/// As [`blank_or`].
fn last_day(text: &str) -> Option<Option<Day>> {
    if text.is_empty() { Some(None) } else { Day::parse(text).map(Some) }
}

fn standing(status: &str, sources: &str) -> Option<Standing> {
    match status {
        _ if sources.is_empty() => None,
        "verified" => Some(Standing::Verified),
        "general-knowledge" => Some(Standing::GeneralKnowledge),
        _ => None,
    }
}

/// A file of the register: notes behind `#`, a heading, rows.
struct Sheet<'a> {
    file: &'static str,
    version: Day,
    lines: Vec<(usize, &'a str)>,
}

impl<'a> Sheet<'a> {
    fn read(file: &'static str, text: &'a str) -> Result<Self, RegisterError> {
        let version = text.lines().find_map(|line| Day::parse(line.strip_prefix("# version ")?));
        let Some(version) = version else {
            let reason = "no line `# version` with the day the file was last read against its sources";
            return Err(RegisterError { file, line: 1, reason: reason.to_owned() });
        };
        let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        let lines = numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect();
        Ok(Self { file, version, lines })
    }

    fn rows<T, const N: usize>(
        &self,
        columns: [&str; N],
        read: fn([&str; N]) -> Option<T>,
    ) -> Result<Vec<T>, RegisterError> {
        let refuse = |line, reason: String| Err(RegisterError { file: self.file, line, reason });
        let mut rows = Vec::new();
        for (position, (line, text)) in self.lines.iter().enumerate() {
            let cells: Vec<&str> = text.split('\t').collect();
            let Ok(cells) = <[&str; N]>::try_from(cells) else {
                return refuse(*line, format!("it should have {N} columns"));
            };
            match read(cells) {
                _ if position == 0 && cells == columns => {}
                _ if position == 0 => {
                    return refuse(*line, format!("the heading should be {}", columns.join(", ")));
                }
                Some(row) => rows.push(row),
                None => {
                    return refuse(
                        *line,
                        "a code, a day, a status or a blank is not as the file's notes say".into(),
                    );
                }
            }
        }
        Ok(rows)
    }
}
