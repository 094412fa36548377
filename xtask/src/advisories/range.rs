//! Version ranges as advisories print them: alternatives after `;`, each a list of bounds after `,`.
//!
//! Plain order of versions, unlike a dependency's requirement: a pre-release of 2.0.0 is above 1.9.9 and matches
//! `>= 1.2.3`, where cargo would refuse it. A bare version means what a dependency would: compatible with it.

use std::cmp::Ordering;

use anyhow::{Context, Result};
use semver::Version;

/// Any of several ranges; none at all contains nothing.
#[derive(Debug)]
pub struct Ranges(Vec<Vec<Bound>>);

#[derive(Debug)]
struct Bound {
    relation: Relation,
    version: Version,
}

#[derive(Debug, Clone, Copy)]
enum Relation {
    AtLeast,
    AtMost,
    Above,
    Below,
    Exactly,
    CompatibleWith,
}

// Longer marks stand before those they begin with.
const MARKS: [(&str, Relation); 6] = [
    (">=", Relation::AtLeast),
    ("<=", Relation::AtMost),
    (">", Relation::Above),
    ("<", Relation::Below),
    ("=", Relation::Exactly),
    ("^", Relation::CompatibleWith),
];

impl Ranges {
    /// Reads one cell of the snapshot.
    pub fn parse(cell: &str) -> Result<Self> {
        let alternatives = cell.split(';').map(str::trim).filter(|text| !text.is_empty());
        let ranges = alternatives.map(|range| range.split(',').map(Bound::parse).collect::<Result<_>>());
        Ok(Self(ranges.collect::<Result<_>>().with_context(|| format!("cannot read the range {cell:?}"))?))
    }

    /// Whether any of the ranges holds the version.
    pub fn contain(&self, version: &Version) -> bool {
        self.0.iter().any(|range| range.iter().all(|bound| bound.admits(version)))
    }
}

impl Bound {
    fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let marked = MARKS.iter().find_map(|(mark, relation)| Some((*relation, text.strip_prefix(mark)?)));
        let (relation, number) = marked.unwrap_or((Relation::CompatibleWith, text));
        Ok(Self { relation, version: whole_version(number.trim())? })
    }

    fn admits(&self, version: &Version) -> bool {
        let order = version.cmp_precedence(&self.version);
        match self.relation {
            Relation::AtLeast => order != Ordering::Less,
            Relation::AtMost => order != Ordering::Greater,
            Relation::Above => order == Ordering::Greater,
            Relation::Below => order == Ordering::Less,
            Relation::Exactly => order == Ordering::Equal,
            Relation::CompatibleWith => {
                order != Ordering::Less
                    && version.cmp_precedence(&breaking_after(&self.version)) == Ordering::Less
            }
        }
    }
}

/// Fills a shortened version such as `0.10` with noughts.
fn whole_version(text: &str) -> Result<Version> {
    let missing = 2_usize.saturating_sub(text.matches('.').count());
    let whole = if text.contains('-') { text.to_owned() } else { format!("{text}{}", ".0".repeat(missing)) };
    Version::parse(&whole).with_context(|| format!("cannot read the version {text:?}"))
}

/// The first version that may break what uses this one.
fn breaking_after(version: &Version) -> Version {
    match (version.major, version.minor) {
        (0, 0) => Version::new(0, 0, version.patch + 1),
        (0, minor) => Version::new(0, minor + 1, 0),
        (major, _) => Version::new(major + 1, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, inside: &[&str], outside: &[&str]) {
        let ranges = Ranges::parse(cell).unwrap();
        for version in inside {
            assert!(ranges.contain(&Version::parse(version).unwrap()), "{cell:?} should hold {version}");
        }
        for version in outside {
            assert!(!ranges.contain(&Version::parse(version).unwrap()), "{cell:?} should not hold {version}");
        }
    }

    #[test]
    fn an_empty_cell_holds_nothing() {
        check("", &[], &["0.0.1", "99.0.0"]);
    }

    #[test]
    fn one_bound_is_plain_order() {
        check(">= 1.2.3", &["1.2.3", "1.2.4", "2.0.0"], &["1.2.2", "0.9.0"]);
        check("> 0.7.19", &["0.7.20"], &["0.7.19"]);
        check("< 0.10", &["0.9.9"], &["0.10.0", "0.10.1"]);
        check("<=1.0.4", &["1.0.4", "0.1.0"], &["1.0.5"]);
        check("= 0.4.1", &["0.4.1"], &["0.4.0", "0.4.2"]);
    }

    #[test]
    fn a_compatible_version_stops_at_the_next_breaking_one() {
        check("^ 2.2.1", &["2.2.1", "2.9.0"], &["2.2.0", "3.0.0"]);
        check("^0.12.36", &["0.12.36", "0.12.40"], &["0.12.35", "0.13.0"]);
        check("0.13.10", &["0.13.11"], &["0.13.9", "0.14.0"]);
        check("^ 0.0.3", &["0.0.3"], &["0.0.4"]);
    }

    #[test]
    fn alternatives_are_any_and_bounds_are_all() {
        let cell = ">= 0.6.1, < 0.7.0; >= 0.7.2, < 0.8.0; >= 0.11.1";
        check(
            cell,
            &["0.6.1", "0.6.9", "0.7.2", "0.11.1", "1.0.0"],
            &["0.6.0", "0.7.0", "0.7.1", "0.8.0", "0.11.0"],
        );
    }

    #[test]
    fn a_pre_release_stands_just_below_its_release() {
        check(">= 3.0.0-beta.9", &["3.0.0-beta.9", "3.0.0", "3.1.0-rc.1"], &["3.0.0-beta.8", "2.9.9"]);
        check(">= 1.2.3", &["2.0.0-rc.1"], &["1.2.3-rc.1"]);
    }

    #[test]
    fn what_is_not_a_version_is_refused() {
        assert!(Ranges::parse(">= one").is_err());
        assert!(Ranges::parse(">= 1.2.3,, < 2.0.0").is_err());
    }
}
