//! Registers: lists that a council keeps because no national extract holds them, declared one a file
//! (`library/registers`). A register's name is a kind of record that standards may speak of.

use serde::Deserialize;
use vocabulary::records::{DataClass, Field, FieldType, Kind, Subject};

use crate::written::{LibraryFile, Parts, Problem};

/// A declared list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Its name and fields, as standards speak of them.
    pub kind: Kind,
    /// Its name for people.
    pub title: String,
    /// The headings of its spreadsheet, one a field.
    pub columns: Vec<String>,
    /// The codes of each field that has a set of them.
    pub codes: Vec<Vec<(String, String)>>,
    /// For each field, whether its days may lie ahead: a day planned or due.
    pub may_be_later: Vec<bool>,
    /// The whole file.
    pub file: LibraryFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRegister {
    name: String,
    title: String,
    subject: WrittenSubject,
    field: Vec<WrittenField>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenSubject {
    Child,
    Adopter,
    Worker,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenField {
    name: String,
    #[serde(rename = "type")]
    field_type: String,
    class: String,
    #[serde(default)]
    key: bool,
    column: String,
    meaning: String,
    #[serde(default)]
    may_be_later: bool,
    #[serde(default)]
    codes: Vec<WrittenCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCode {
    code: String,
    label: String,
}

impl Register {
    pub(crate) fn read(file: &LibraryFile, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut fault = |line: Option<usize>, what: String| {
            problems.push(Problem { path: file.path.clone(), line, what });
        };
        let parts = Parts::of(&file.text).map_err(|(line, what)| fault(Some(line), what)).ok()?;
        let written: WrittenRegister = parts.read().map_err(|(line, what)| fault(line, what)).ok()?;
        let name = file.path.rsplit('/').next().unwrap_or_default();
        if name.strip_suffix(".md") != Some(&written.name) {
            fault(parts.line_of("name"), format!("the name `{}` is not the file's name", written.name));
        }
        let mut fields = Vec::new();
        for field in &written.field {
            match field.read() {
                Ok(read) if fields.iter().any(|known: &Field| known.name == read.name) => {
                    fault(parts.line_of(&read.name), format!("the field `{}` is there twice", read.name));
                }
                Ok(read) => fields.push(read),
                Err(what) => fault(parts.line_of(&field.name), what),
            }
        }
        if !fields.iter().any(|field| field.key) {
            fault(
                None,
                "no field has `key = true`, so two rows of one person can't be told apart".to_owned(),
            );
        }
        let code = |code: WrittenCode| (code.code, code.label);
        let subject = match written.subject {
            WrittenSubject::Child => Subject::Child,
            WrittenSubject::Adopter => Subject::Adopter,
            WrittenSubject::Worker => Subject::Worker,
        };
        Some(Self {
            kind: Kind { name: written.name, subject, fields },
            title: written.title,
            columns: written.field.iter().map(|field| field.column.clone()).collect(),
            may_be_later: written.field.iter().map(|field| field.may_be_later).collect(),
            codes: written
                .field
                .into_iter()
                .map(|field| field.codes.into_iter().map(code).collect())
                .collect(),
            file: file.clone(),
        })
    }
}

impl WrittenField {
    fn read(&self) -> Result<Field, String> {
        let known = "day, moment, code, flag, number, text";
        let field_type = FieldType::from_name(&self.field_type).ok_or_else(|| {
            format!("unknown type `{}` of `{}`; there are {known}", self.field_type, self.name)
        })?;
        let class = DataClass::from_name(&self.class).ok_or_else(|| {
            format!("unknown class `{}` of `{}`; there are C3, C4, C5, W", self.class, self.name)
        })?;
        let (name, meaning) = (self.name.clone(), self.meaning.clone());
        Ok(Field { name, field_type, class, key: self.key, meaning })
    }
}
