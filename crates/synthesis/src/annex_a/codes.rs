//! The codes of Annex A as its cells spell them: `a) Male`, `q) 6: Police`, `N1 - Abuse or neglect`.
//!
//! Spellings follow the Annex A lists that councils make (reference: the standard safeguarding data set's generator
//! and the pan-regional schema, both 2026); where a set has no letters there, code and meaning stand alone, and the
//! letters of placements and of reasons to cease follow the order of their codes.

/// One code set: the code, and the cell.
pub type Codes = &'static [(&'static str, &'static str)];

/// Ethnicity.
pub const ETHNICITY: Codes = &[
    ("WBRI", "a) WBRI"),
    ("WIRI", "b) WIRI"),
    ("WIRT", "c) WIRT"),
    ("WOTH", "d) WOTH"),
    ("WROM", "e) WROM"),
    ("MWBC", "f) MWBC"),
    ("MWBA", "g) MWBA"),
    ("MWAS", "h) MWAS"),
    ("MOTH", "i) MOTH"),
    ("AIND", "j) AIND"),
    ("APKN", "k) APKN"),
    ("ABAN", "l) ABAN"),
    ("AOTH", "m) AOTH"),
    ("BCRB", "n) BCRB"),
    ("BAFR", "o) BAFR"),
    ("BOTH", "p) BOTH"),
    ("CHNE", "q) CHNE"),
    ("OOTH", "r) OOTH"),
    ("REFU", "s) REFU"),
    ("NOBT", "t) NOBT"),
];

/// Who makes contact or refers.
pub const SOURCE: Codes = &[
    ("1A", "a) 1A: Individual"),
    ("1B", "b) 1B: Individual"),
    ("1C", "c) 1C: Individual"),
    ("1D", "d) 1D: Individual"),
    ("2A", "e) 2A: Schools"),
    ("2B", "f) 2B: Education services"),
    ("3A", "g) 3A: Health services"),
    ("3B", "h) 3B: Health services"),
    ("3C", "i) 3C: Health services"),
    ("3D", "j) 3D: Health services"),
    ("3E", "k) 3E: Health services"),
    ("3F", "l) 3F: Health services"),
    ("4", "m) 4: Housing"),
    ("5A", "n) 5A: LA services"),
    ("5B", "o) 5B: LA services"),
    ("5C", "p) 5C: LA services"),
    ("5D", "p1) 5D: LA services"),
    ("6", "q) 6: Police"),
    ("7", "r) 7: Other legal agency"),
    ("8", "s) 8: Other"),
    ("9", "t) 9: Anonymous"),
    ("10", "u) 10: Unknown"),
];

/// Primary need.
pub const NEED: Codes = &[
    ("N1", "N1 - Abuse or neglect"),
    ("N2", "N2 - Child's disability"),
    ("N3", "N3 - Parental illness or disability"),
    ("N4", "N4 - Family in acute stress"),
    ("N5", "N5 - Family dysfunction"),
    ("N6", "N6 - Socially unacceptable behaviour"),
    ("N7", "N7 - Low income"),
    ("N8", "N8 - Absent parenting"),
];

/// Why a case closed.
pub const CLOSURE: Codes = &[
    ("RC1", "RC1 - Adopted"),
    ("RC2", "RC2 - Died"),
    ("RC3", "RC3 - Child arrangements order"),
    ("RC4", "RC4 - Special guardianship"),
    ("RC5", "RC5 - Transfer to another council"),
    ("RC6", "RC6 - Transfer to adult services"),
    ("RC7", "RC7 - Other, including no longer in need"),
    ("RC8", "RC8 - Closed after assessment, no further action"),
    ("RC9", "RC9 - Closed after assessment, to early help"),
];

/// Category of abuse.
pub const ABUSE: Codes = &[
    ("NEG", "a) Neglect"),
    ("PHY", "b) Physical abuse"),
    ("SAB", "c) Sexual abuse"),
    ("EMO", "d) Emotional abuse"),
    ("MUL", "e) Multiple/not recommended"),
];

/// Legal status.
pub const LEGAL: Codes = &[
    ("C1", "C1 - Interim care order"),
    ("C2", "C2 - Full care order"),
    ("E1", "E1 - Placement order"),
    ("V2", "V2 - Section 20, single period"),
    ("L1", "L1 - Police protection"),
    ("L2", "L2 - Emergency protection order"),
];

/// Plan for permanence.
pub const PERMANENCE: Codes = &[
    ("a", "a) Return to family"),
    ("b", "b) Adoption"),
    ("c", "c) SGO/CAO"),
    ("d", "d) Supported living in the community"),
    ("e", "e) Long-term residential placement"),
    ("f", "f) Long-term fostering"),
    ("g", "g) Other"),
];

/// Why a child ceased to be looked after.
pub const CEASED: Codes = &[
    ("E11", "a) E11"),
    ("E12", "b) E12"),
    ("E2", "c) E2"),
    ("E3", "d) E3"),
    ("E4A", "e) E4A"),
    ("E4B", "f) E4B"),
    ("E13", "g) E13"),
    ("E41", "h) E41"),
    ("E45", "i) E45"),
    ("E46", "j) E46"),
    ("E47", "k) E47"),
    ("E48", "l) E48"),
    ("E5", "m) E5"),
    ("E6", "n) E6"),
    ("E7", "o) E7"),
    ("E8", "t) E8"),
    ("E17", "v) E17"),
];

/// Type of placement.
pub const PLACEMENT: Codes = &[
    ("U3", "c) U3"),
    ("U4", "d) U4"),
    ("U5", "e) U5"),
    ("U6", "f) U6"),
    ("A5", "i) A5"),
    ("A6", "j) A6"),
    ("P1", "k) P1"),
    ("H5", "n) H5"),
    ("K2", "p) K2"),
    ("R3", "s) R3"),
];

/// Provider of a placement.
pub const PROVIDER: Codes = &[
    ("PR0", "PR0 - Parents"),
    ("PR1", "PR1 - Own provision"),
    ("PR4", "PR4 - Private provision"),
    ("PR5", "PR5 - Voluntary provision"),
];

/// Whether the council is in touch with a care leaver.
pub const IN_TOUCH: Codes = &[
    ("YES", "a) Yes"),
    ("NO", "b) No"),
    ("DIED", "c) Died"),
    ("REFU", "d) Refu"),
    ("NREQ", "e) NREQ"),
    ("RHOM", "f) Rhom"),
];

/// Where a care leaver lives.
pub const ACCOMMODATION: Codes = &[
    ("B", "B: Parents/relatives"),
    ("C", "C: Community home"),
    ("D", "D: Semi-independent"),
    ("E", "E: Supported lodgings"),
    ("G", "G: Abroad"),
    ("H", "H: Deported"),
    ("K", "K: Ordinary lodgings"),
    ("R", "R: Residence not known"),
    ("S", "S: No fixed abode"),
    ("T", "T: Foyer"),
    ("U", "U: Independent living"),
    ("V", "V: Emergency accommodation"),
    ("W", "W: Bed and breakfast"),
    ("X", "X: In custody"),
    ("Y", "Y: Other accommodation"),
    ("Z", "Z: With former foster carers"),
];

/// What a care leaver does.
pub const ACTIVITY: Codes = &[
    ("F1", "F1: Full time, higher education"),
    ("P1", "P1: Part time, higher education"),
    ("F2", "F2: Full time, other education"),
    ("P2", "P2: Part time, other education"),
    ("F4", "F4: Full time, apprenticeship"),
    ("P4", "P4: Part time, apprenticeship"),
    ("F5", "F5: Full time, training or employment"),
    ("P5", "P5: Part time, training or employment"),
    ("G4", "G4: Not in education, employment or training, illness or disability"),
    ("G5", "G5: Not in education, employment or training, other"),
    ("G6", "G6: Not in education, employment or training, pregnancy or parenting"),
];

/// Why a child is no longer to be placed for adoption.
pub const REVERSED: Codes = &[
    ("RD1", "RD1 - Needs changed"),
    ("RD2", "RD2 - No placement order"),
    ("RD3", "RD3 - No adopters found"),
    ("RD4", "RD4 - Other"),
];

/// Why adopters leave.
pub const LEAVING: Codes = &[("1", "1 - Withdrew"), ("2", "2 - On hold"), ("3", "3 - Application refused")];

/// The cell of a code.
pub fn cell(codes: Codes, code: &str) -> &'static str {
    codes.iter().find(|(known, _)| *known == code).map_or("", |(_, cell)| cell)
}

/// Yes or no.
pub fn yes_no(yes: bool) -> &'static str {
    if yes { "a) Yes" } else { "b) No" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_codes_of_a_set_are_spelt_alike() {
        let sets = [
            ETHNICITY, SOURCE, NEED, CLOSURE, ABUSE, LEGAL, PERMANENCE, CEASED, PLACEMENT, PROVIDER, IN_TOUCH,
        ];
        for set in sets {
            let mut cells: Vec<_> = set.iter().map(|(_, cell)| cell).collect();
            cells.sort_unstable();
            cells.dedup();
            assert_eq!(cells.len(), set.len());
        }
    }
}
