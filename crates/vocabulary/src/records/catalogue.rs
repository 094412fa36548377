//! Which kinds of record there are, and their fields: each with its type, its class of data and its meaning.

use std::sync::OnceLock;

/// What a cell of a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldType {
    /// A calendar day.
    Day,
    /// A day and a time on the local clock.
    Moment,
    /// One of a set of codes, kept as the national code.
    Code,
    /// `yes` or `no`.
    Flag,
    /// A number.
    Number,
    /// Any text.
    Text,
}

/// How closely a field is guarded (security.md, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataClass {
    /// Pseudonymous facts about a child.
    C3,
    /// Facts that identify a child.
    C4,
    /// Sealed: where a child lives, adoption, exploitation.
    C5,
    /// About a member of staff.
    W,
}

/// Whom a kind of record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A child or young person.
    Child,
    /// A prospective or approved adopter.
    Adopter,
    /// A member of staff.
    Worker,
}

/// A field of a kind of record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name: `authorised_on`.
    pub name: String,
    /// What its cells hold.
    pub field_type: FieldType,
    /// How closely it is guarded.
    pub class: DataClass,
    /// Whether it tells two records of one subject apart.
    pub key: bool,
    /// What it means, in the field's words.
    pub meaning: String,
}

/// A kind of record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name: `assessment`.
    pub name: String,
    /// Whom it is about.
    pub subject: Subject,
    /// Its fields.
    pub fields: Vec<Field>,
}

impl Kind {
    /// A field by name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether its records are known by a sealed fact, so that even their being there is sealed: adoption, exploitation.
    pub fn is_sealed(&self) -> bool {
        self.fields.iter().any(|field| field.key && field.class == DataClass::C5)
    }
}

/// Every kind of record that sources and standards may speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// The kinds, in order.
    pub kinds: Vec<Kind>,
}

impl Catalogue {
    /// The kinds that the national extracts supply.
    pub fn national() -> &'static Self {
        static NATIONAL: OnceLock<Catalogue> = OnceLock::new();
        NATIONAL.get_or_init(|| {
            Self::parse(include_str!("kinds.tsv"))
                .expect("the shipped list is read by this crate's own tests")
        })
    }

    /// Reads a list of kinds and fields, tab-separated: kind, field, type, class, key, meaning.
    ///
    /// The error names the line and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut kinds: Vec<Kind> = Vec::new();
        for (number, line) in text.lines().enumerate().skip(1) {
            let at = |reason: &str| format!("line {}: {reason}", number + 1);
            let cells: Vec<&str> = line.split('\t').collect();
            let &[kind, name, field_type, class, key, meaning] = cells.as_slice() else {
                return Err(at("a line has six cells"));
            };
            let field = Field {
                name: name.to_owned(),
                field_type: FieldType::from_name(field_type).ok_or_else(|| at("unknown type"))?,
                class: DataClass::from_name(class).ok_or_else(|| at("unknown class"))?,
                key: key == "key",
                meaning: meaning.to_owned(),
            };
            match kinds.iter_mut().find(|known| known.name == kind) {
                Some(known) => known.fields.push(field),
                None => {
                    let subject = if kind == "adopter" { Subject::Adopter } else { Subject::Child };
                    kinds.push(Kind { name: kind.to_owned(), subject, fields: vec![field] });
                }
            }
        }
        Ok(Self { kinds })
    }

    /// A kind by name.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }
}

impl FieldType {
    /// The type of a name as files write it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "day" => Some(Self::Day),
            "moment" => Some(Self::Moment),
            "code" => Some(Self::Code),
            "flag" => Some(Self::Flag),
            "number" => Some(Self::Number),
            "text" => Some(Self::Text),
            _ => None,
        }
    }
}

impl DataClass {
    /// The class of a name as files write it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "C3" => Some(Self::C3),
            "C4" => Some(Self::C4),
            "C5" => Some(Self::C5),
            "W" => Some(Self::W),
            _ => None,
        }
    }
}
