//! Who the children are: ages, sex, ethnicity and disability in proportions like the national ones.
//!
//! Proportions are rounded and invented after the published shape of the children in need statistics (Department for
//! Education, reporting year 2025); they are no council's figures. Identifiers are made from the child's number.

use vocabulary::day::Day;

use crate::chance::Chance;

/// What does not change about a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The council's own identifier: text with leading zeros.
    pub id: String,
    /// A number of the child's own, from which the rest of its chance is drawn.
    pub number: u64,
    /// `M`, `F` or `U`, for a child whose sex is not recorded.
    pub sex: Sex,
    /// One of the national 18+1 codes.
    pub ethnicity: &'static str,
    /// The day of birth.
    pub born: Day,
    /// Disability codes of the census; empty for none.
    pub disabilities: Vec<&'static str>,
    /// Came alone to seek asylum.
    pub unaccompanied: bool,
    /// Postcode of the family's home, in the area that no real place has.
    pub home: String,
}

/// Sex as the returns code it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Not recorded.
    Unknown,
}

const ETHNICITIES: &[(&str, f64)] = &[
    ("WBRI", 65.0),
    ("WIRI", 0.4),
    ("WIRT", 0.2),
    ("WOTH", 5.0),
    ("WROM", 0.6),
    ("MWBC", 3.0),
    ("MWBA", 1.3),
    ("MWAS", 1.8),
    ("MOTH", 2.8),
    ("AIND", 1.2),
    ("APKN", 3.0),
    ("ABAN", 1.5),
    ("AOTH", 2.0),
    ("BCRB", 1.5),
    ("BAFR", 4.0),
    ("BOTH", 1.5),
    ("CHNE", 0.2),
    ("OOTH", 2.3),
    ("REFU", 0.5),
    ("NOBT", 2.2),
];

const ETHNICITIES_OF_UNACCOMPANIED: &[(&str, f64)] =
    &[("BAFR", 5.0), ("OOTH", 3.0), ("AOTH", 2.0), ("WOTH", 1.0)];

const DISABILITIES: &[(&str, f64)] = &[
    ("AUT", 4.0),
    ("LD", 4.0),
    ("BEH", 2.0),
    ("COMM", 2.0),
    ("MOB", 1.5),
    ("CON", 1.0),
    ("PC", 1.0),
    ("HAND", 0.6),
    ("INC", 0.8),
    ("HEAR", 0.6),
    ("VIS", 0.6),
    ("DDA", 1.0),
];

/// Ages in years at the first referral, and how many begin with each; below nought is not yet born.
const AGES: &[((i32, i32), f64)] =
    &[((-1, -1), 2.5), ((0, 0), 7.0), ((1, 4), 21.0), ((5, 9), 26.5), ((10, 15), 33.0), ((16, 17), 10.0)];

/// The family's ethnicity, shared by its children.
pub fn ethnicity(chance: &mut Chance) -> &'static str {
    chance.pick(ETHNICITIES)
}

/// The ethnicity of a young person who came alone.
pub fn ethnicity_of_unaccompanied(chance: &mut Chance) -> &'static str {
    chance.pick(ETHNICITIES_OF_UNACCOMPANIED)
}

/// The birth of a child who is first referred on a day.
pub fn birth(chance: &mut Chance, referred: Day) -> Day {
    let (youngest, oldest) = chance.pick(AGES);
    if youngest < 0 {
        return referred.plus_days(chance.between(15, 150));
    }
    let days = chance.between(youngest * 365 + 1, (oldest + 1) * 365 - 20);
    referred.plus_days(-days)
}

/// The birth of a brother or sister: years apart.
pub fn birth_of_sibling(chance: &mut Chance, first: Day, referred: Day) -> Day {
    let apart = chance.between(400, 1_900);
    let born = if chance.happens(0.5) { first.plus_days(-apart) } else { first.plus_days(apart) };
    let too_old = referred.plus_days(-17 * 365);
    let unborn = referred.plus_days(150);
    if born < too_old || born > unborn {
        first.plus_days(if born < too_old { apart } else { -apart })
    } else {
        born
    }
}

/// Sex, unrecorded for a few.
pub fn sex(chance: &mut Chance) -> Sex {
    chance.pick(&[(Sex::Male, 52.0), (Sex::Female, 47.3), (Sex::Unknown, 0.4)])
}

/// Disability codes; most children have none.
pub fn disabilities(chance: &mut Chance) -> Vec<&'static str> {
    if !chance.happens(0.12) {
        return Vec::new();
    }
    let mut codes = vec![chance.pick(DISABILITIES)];
    if chance.happens(0.3) {
        let another = chance.pick(DISABILITIES);
        if !codes.contains(&another) {
            codes.push(another);
        }
    }
    codes
}

/// The identifier of the child with a number: eight digits, the first of them nought, in no order a reader could guess.
pub fn id(number: u64) -> String {
    // A prime below ten million makes the mapping one to one.
    const PRIME: u64 = 9_999_991;
    format!("0{:07}", (number % PRIME * 7_368_787 + 104_729) % PRIME)
}

/// A postcode of the area ZZ99, which no real place has.
pub fn postcode(chance: &mut Chance, sectors: (i32, i32)) -> String {
    const LETTERS: &[char] = &['A', 'B', 'D', 'E', 'F', 'G', 'H', 'J', 'L', 'N', 'P', 'R', 'S', 'T'];
    let sector = chance.between(sectors.0, sectors.1);
    format!("ZZ99 {sector}{}{}", chance.any(LETTERS), chance.any(LETTERS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_text_with_leading_zeros_and_no_two_are_alike() {
        let mut ids: Vec<String> = (0..200_000).map(id).collect();
        assert!(ids.iter().all(|id| id.len() == 8 && id.starts_with('0')));
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 200_000);
    }

    #[test]
    fn no_child_is_first_referred_as_an_adult() {
        let referred = Day(20_000);
        let mut chance = Chance::new(3, 0, 0);
        for _ in 0..5_000 {
            let first = birth(&mut chance, referred);
            let sibling = birth_of_sibling(&mut chance, first, referred);
            assert!(referred.age_in_years(first) < 18 && referred.age_in_years(sibling) < 18);
        }
    }
}
