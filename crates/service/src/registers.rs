//! Registers as the reader of extracts knows them: the library's declarations handed over as layouts.

use documents::input::PlainRefusal;
use extracts::{Collection, NamedFile, Register, RegisterColumn, RegisterLayout, likely_registers};
use practice::library::Library;

use crate::declared::library;
use crate::extract::in_words;
use crate::reconciliation::Comparison;

/// The collection of a name on the command line or in a form: a national return or a declared register.
pub fn collection_named(name: &str) -> Option<Collection> {
    Collection::from_name(name).or_else(|| {
        let registers = &library().registers;
        let register = registers.iter().find(|register| register.kind.name == name)?;
        Some(Collection::Register(Register::declared(declared(register))))
    })
}

/// A tracker's layout, as a request names it: its comparison's code after this.
pub(crate) const OF_TRACKER: &str = "tracker/";

/// What a request to read files names: a return, a register, or the tracker of a comparison.
pub(crate) fn asked_for(name: &str) -> Option<Collection> {
    match name.strip_prefix(OF_TRACKER) {
        Some(code) => Comparison::named(code).map(|comparison| comparison.collection()),
        None => collection_named(name),
    }
}

/// What a national code of a field means; the code itself where no list of the returns has it.
pub fn code_in_words(field: &str, code: &str) -> String {
    let sets: &[&str] = match field {
        "legal_status" => &["LEGAL"],
        "latest_category" | "initial_category" => &["ABUSE"],
        "primary_need" => &["NEED", "NEED903"],
        "placement_type" => &["PLACEMENT", "PLACE"],
        _ => &[],
    };
    let label = sets.iter().find_map(|set| extracts::code_label(set, code));
    label.map_or_else(|| code.to_owned(), |label| format!("{label} ({code})"))
}

/// The registers that stand among files, each with its files; files that are none are left out.
///
/// Refused for a file that can't be read, and for one that may be several, since two registers with the same headings can't
/// be told apart.
pub fn registers_among<'f>(
    files: &[NamedFile<'f>],
) -> Result<Vec<(Collection, Vec<NamedFile<'f>>)>, PlainRefusal> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let likely = likely_registers(files, &all_of(library())).map_err(in_words)?;
    let mut found: Vec<(Register, Vec<NamedFile<'f>>)> = Vec::new();
    for (file, registers) in files.iter().zip(likely) {
        match registers.as_slice() {
            [] => {}
            [one] => match found.iter_mut().find(|(known, _)| known == one) {
                Some((_, files)) => files.push(*file),
                None => found.push((*one, vec![*file])),
            },
            several => {
                let names: Vec<&str> = several.iter().map(|register| register.name()).collect();
                return Err(PlainRefusal {
                    what: format!("The headings are those of several registers: {}.", names.join(", ")),
                    where_: file.name.to_owned(),
                    what_to_do: "Name the register that it is.".to_owned(),
                });
            }
        }
    }
    Ok(found.into_iter().map(|(register, files)| (Collection::Register(register), files)).collect())
}

fn all_of(library: &Library) -> Vec<Register> {
    library.registers.iter().map(|register| Register::declared(declared(register))).collect()
}

/// A register's declaration as the reader takes it.
pub(crate) fn declared(register: &practice::register::Register) -> RegisterLayout {
    let fields = register.kind.fields.iter().enumerate();
    let columns = fields.map(|(place, field)| RegisterColumn {
        field: field.name.clone(),
        heading: register.columns[place].clone(),
        holds: field.field_type,
        key: field.key,
        may_be_later: register.may_be_later[place],
        codes: register.codes[place].clone(),
    });
    RegisterLayout {
        name: register.kind.name.clone(),
        title: register.title.clone(),
        about: register.kind.subject,
        columns: columns.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of an example in a register's file, as the lines of a CSV file.
    fn example_of(register: &practice::register::Register) -> Option<String> {
        let lines = register.file.text.lines().filter(|line| line.starts_with('|') && !line.contains("---"));
        let cells = |line: &str| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            cells.join(";")
        };
        let text: Vec<String> = lines.map(cells).collect();
        (!text.is_empty()).then(|| text.join("\n"))
    }

    #[test]
    fn the_example_in_every_registers_file_is_read_without_a_fault() {
        let mut read = 0;
        for register in &library().registers {
            let Some(text) = example_of(register) else { continue };
            let name = &register.kind.name;
            let collection = collection_named(name).expect("declared");
            let files = [NamedFile { name: "example.csv", bytes: text.as_bytes() }];
            let reading = extracts::read(&files, &extracts::Question::about(collection)).expect(name);
            let faults: Vec<_> = reading
                .findings
                .iter()
                .filter(|finding| !matches!(finding.code, "F03"))
                .map(|finding| (finding.code, reading.column(finding), reading.value(finding)))
                .collect();
            assert!(faults.is_empty(), "{name}: {faults:?}");
            let rows = u32::try_from(text.lines().count() - 1).expect("few");
            assert_eq!(reading.lists[0].records, rows, "{name}");
            read += 1;
        }
        assert!(read >= 50, "{read}");
    }

    #[test]
    fn a_register_is_told_by_its_headings_and_an_unclear_one_must_be_named() {
        let file = |name, text: &'static str| NamedFile { name, bytes: text.as_bytes() };
        let core = file("may.csv", "Child,Core group held,Parent or carer took part\n1,01/05/2026,Yes\n");
        let other = file("staff.csv", "Name,Room\nA,1\n");
        let found = registers_among(&[core, other]).expect("clear");
        let names: Vec<(&str, usize)> =
            found.iter().map(|(collection, files)| (collection.name(), files.len())).collect();
        assert_eq!(names, [("core_group", 1)]);
        let visits = file("may.csv", "Child,Visited\n1,01/05/2026\n");
        let unclear = registers_among(&[visits]).expect_err("several have these headings").what;
        assert!(unclear.contains("care_visit") && unclear.contains("leaving_care_visit"), "{unclear}");
    }
}
