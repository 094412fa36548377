//! What the process that reads extracts and its parent say to each other: an envelope, the postcode table and the files
//! one way; heads and records, a text, or a refusal the other way.

use std::collections::BTreeSet;

use documents::input::PlainRefusal;
use documents::worker::ReadRefusal;
use extracts::{Collection, NamedFile, Question, Reading, Refusal};
use practice::library::LibraryFile;
use serde::{Deserialize, Serialize};
use store::{SnapshotFinding, SnapshotList};
use vocabulary::day::Day;
use vocabulary::places::{AreaCode, PlaceTable};
use vocabulary::records::Records;

use super::reader::in_our_words;
use super::{FindingRow, rows_of, summed};
use crate::declared::lay_over;

/// What the answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// Everything a load keeps, collection by collection.
    Records,
    /// What was found, for programs.
    Json,
    /// What was found, for people.
    Text,
}

/// The request on its way: what is asked, and the lengths of the table and the files whose bytes follow.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Envelope {
    pub collection: Option<String>,
    pub year: Option<i16>,
    pub as_at: Option<i32>,
    pub not_after: Option<i32>,
    pub authority: Option<String>,
    pub adjoining: Option<Vec<String>>,
    pub shape: Shape,
    pub postcodes: usize,
    pub files: Vec<(String, usize)>,
    /// The council's own declared files, as path and text, so that its registers are known.
    pub own: Vec<(String, String)>,
}

/// What was read of a collection, without its records.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    pub collection: String,
    pub year: i16,
    pub lists: Vec<SnapshotList>,
    pub findings: Vec<SnapshotFinding>,
    pub finding_rows: Vec<FindingRow>,
    pub rules_run: usize,
    /// The files it was read from, by their number.
    pub files: Vec<usize>,
}

impl Head {
    /// What a reading says of files.
    pub(super) fn of(reading: &Reading, files: Vec<usize>) -> Self {
        let lists = reading.lists.iter().map(|list| SnapshotList {
            name: list.name.clone(),
            rows: list.rows as usize,
            records: list.records as usize,
        });
        Self {
            collection: reading.collection.name().to_owned(),
            year: reading.year,
            lists: lists.collect(),
            findings: summed(reading),
            finding_rows: rows_of(reading),
            rules_run: reading.rules_run,
            files,
        }
    }
}

/// An answer begins with one of these.
const READ: u8 = b'+';
const REFUSED: u8 = b'-';

impl Envelope {
    /// The envelope as bytes.
    pub(super) fn written(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("names and numbers have a JSON form")
    }
}

/// A request as the process took it.
struct Opened<'a> {
    envelope: Envelope,
    postcodes: &'a [u8],
    files: Vec<&'a [u8]>,
}

/// Does what a request asks, in the process that reads; `print` gives a reading as text.
pub fn answer_extract_request(bytes: &[u8], print: fn(&Reading, Shape) -> String) -> Vec<u8> {
    // Only this program speaks to its own process, so a broken request is a broken pipe.
    let Some(opened) = opened(bytes) else { return Vec::new() };
    let own = opened.envelope.own.iter();
    let own: Vec<LibraryFile> =
        own.map(|(path, text)| LibraryFile { path: path.clone(), text: text.clone() }).collect();
    // The asking process laid the same files over without a problem.
    if lay_over(&own).is_err() {
        return Vec::new();
    }
    match opened.answer(print) {
        Ok(body) => [vec![READ], body].concat(),
        Err(refusal) => {
            let refusal = serde_json::to_vec(&refusal);
            [vec![REFUSED], refusal.expect("a refusal is three texts, so it has a JSON form")].concat()
        }
    }
}

fn opened(bytes: &[u8]) -> Option<Opened<'_>> {
    let (envelope, rest) = sized(bytes)?;
    let envelope: Envelope = serde_json::from_slice(envelope).ok()?;
    let (postcodes, mut rest) = rest.split_at_checked(envelope.postcodes)?;
    let mut files = Vec::new();
    for (_, length) in &envelope.files {
        let (file, after) = rest.split_at_checked(*length)?;
        files.push(file);
        rest = after;
    }
    Some(Opened { envelope, postcodes, files })
}

/// A length, the bytes of that length, and what follows.
fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

impl Opened<'_> {
    fn answer(&self, print: fn(&Reading, Shape) -> String) -> Result<Vec<u8>, PlainRefusal> {
        let envelope = &self.envelope;
        let table = match self.postcodes {
            [] => None,
            bytes => Some(PlaceTable::parse(bytes).map_err(|error| no_table(&error))?),
        };
        let code = |code: &String| AreaCode::parse(code);
        let adjoining: Option<BTreeSet<AreaCode>> =
            envelope.adjoining.as_ref().map(|codes| codes.iter().filter_map(code).collect());
        let question = Question {
            year: envelope.year,
            as_at: envelope.as_at.map(Day),
            not_after: envelope.not_after.map(Day),
            places: table.as_ref().map(|table| table as &dyn extracts::Places),
            authority: envelope.authority.as_ref().and_then(code),
            adjoining: adjoining.as_ref(),
            ..Question::about(Collection::AnnexA)
        };
        let named = match envelope.collection.as_deref() {
            None => None,
            Some(name) => Some(crate::registers::asked_for(name).ok_or_else(no_collection)?),
        };
        match envelope.shape {
            Shape::Records => Ok(packed(&self.told_apart(named, &question)?)),
            shape => {
                let collection = named.unwrap_or(question.collection);
                let reading = extracts::read(&self.named_files(), &Question { collection, ..question });
                Ok(print(&reading.map_err(in_words)?, shape).into_bytes())
            }
        }
    }

    /// Reads the registers among the files that hold no list of a return.
    fn registers(
        &self,
        returns: &[Reading],
        question: &Question<'_>,
    ) -> Result<Vec<(Head, Records)>, PlainRefusal> {
        let is_taken = |number: usize| returns.iter().any(|reading| !reading.files[number].lists.is_empty());
        let files = self.named_files();
        let rest: Vec<NamedFile<'_>> =
            (0..files.len()).filter(|number| !is_taken(*number)).map(|number| files[number]).collect();
        let mut read = Vec::new();
        for (collection, of_it) in crate::registers::registers_among(&rest)? {
            let is_one = |file: &NamedFile<'_>| {
                of_it.iter().any(|one| std::ptr::eq(one.bytes, file.bytes) && one.name == file.name)
            };
            let numbers = (0..files.len()).filter(|&number| is_one(&files[number])).collect();
            let reading = extracts::read(&of_it, &Question { collection, ..*question }).map_err(in_words)?;
            read.push((Head::of(&reading, numbers), reading.records));
        }
        read.retain(|(_, records): &(Head, Records)| !records.is_empty());
        Ok(read)
    }

    fn named_files(&self) -> Vec<NamedFile<'_>> {
        let named = self.envelope.files.iter().zip(&self.files);
        named.map(|((name, _), bytes)| NamedFile { name, bytes }).collect()
    }

    /// Reads each collection that stands among the files.
    fn told_apart(
        &self,
        named: Option<Collection>,
        question: &Question<'_>,
    ) -> Result<Vec<(Head, Records)>, PlainRefusal> {
        let collections = named.map_or_else(|| Collection::ALL.to_vec(), |named| vec![named]);
        let files = self.named_files();
        let (mut found, mut refusals) = (Vec::new(), Vec::new());
        for &collection in &collections {
            match extracts::read(&files, &Question { collection, ..*question }) {
                Ok(reading) if !reading.records.is_empty() => found.push(reading),
                Ok(_) => {}
                // What may do harm is refused whole, whatever stands beside it.
                Err(refusal @ Refusal::Unsafe { .. }) => return Err(in_words(refusal)),
                Err(refusal) => refusals.push(refusal),
            }
        }
        let registers = match named {
            None => self.registers(&found, question)?,
            Some(_) => Vec::new(),
        };
        if found.is_empty() && registers.is_empty() {
            return Err(nothing_found(collections.len(), refusals));
        }
        let of_registers: Vec<usize> = registers.iter().flat_map(|(head, _)| head.files.clone()).collect();
        let mut told = match found.as_slice() {
            [_] if of_registers.is_empty() => {
                let whole =
                    |reading: Reading| (Head::of(&reading, (0..files.len()).collect()), reading.records);
                found.into_iter().map(whole).collect()
            }
            several => several
                .iter()
                .map(|reading| read_its_own(reading, several, (&files, &of_registers), question))
                .collect::<Result<Vec<_>, _>>()?,
        };
        told.extend(registers);
        Ok(told)
    }
}

/// Reads the files of one of several collections again, without those of the others, so that nothing is found in them.
fn read_its_own(
    reading: &Reading,
    all: &[Reading],
    (files, of_registers): (&[NamedFile<'_>], &[usize]),
    question: &Question<'_>,
) -> Result<(Head, Records), PlainRefusal> {
    let gives = |reading: &Reading, number: usize| !reading.files[number].lists.is_empty();
    let own: Vec<usize> = (0..files.len())
        .filter(|number| !of_registers.contains(number))
        .filter(|&number| gives(reading, number) || !all.iter().any(|other| gives(other, number)))
        .collect();
    let of_own: Vec<NamedFile<'_>> = own.iter().map(|&number| files[number]).collect();
    let again = extracts::read(&of_own, &Question { collection: reading.collection, ..*question });
    let again = again.map_err(in_words)?;
    Ok((Head::of(&again, own), again.records))
}

/// Why no collection was found: what is at fault with the files, and else that they are others.
fn nothing_found(asked: usize, refusals: Vec<Refusal>) -> PlainRefusal {
    let is_other = |refusal: &Refusal| matches!(refusal, Refusal::NothingRecognised { .. });
    let telling = refusals.into_iter().find(|refusal| asked == 1 || !is_other(refusal));
    telling.map(in_words).unwrap_or_else(|| PlainRefusal {
        what: "No list of Annex A, SSDA903, the children in need census or a register with a record in it stands in these files."
            .to_owned(),
        where_: "All files.".to_owned(),
        what_to_do: "Check that they are the right ones, or name the collection to be told more.".to_owned(),
    })
}

fn no_collection() -> PlainRefusal {
    PlainRefusal {
        what: "There is no collection or register of that name.".to_owned(),
        where_: "The name of the collection, not the files.".to_owned(),
        what_to_do: "Name annex-a, ssda903, cin or a register of the library, such as core_group.".to_owned(),
    }
}

fn no_table(error: &vocabulary::places::PlaceTableError) -> PlainRefusal {
    PlainRefusal {
        what: format!("The postcode table cannot be used: {error}."),
        where_: "The folder of the installation, not the files.".to_owned(),
        what_to_do: "Tell the person who looks after Headway to build or copy the table again.".to_owned(),
    }
}

/// A refusal of the files as a refusal of the program.
pub fn in_words(refusal: Refusal) -> PlainRefusal {
    let extracts::PlainRefusal { what, where_, what_to_do } = refusal.for_people();
    PlainRefusal { what, where_, what_to_do }
}

fn packed(found: &[(Head, Records)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (head, records) in found {
        let head = serde_json::to_vec(head).expect("texts and numbers have a JSON form");
        for part in [head, records.to_bytes()] {
            out.extend((part.len() as u64).to_le_bytes());
            out.extend(part);
        }
    }
    out
}

/// What the parent makes of an answer with records.
pub(super) fn opened_parts(answer: &[u8]) -> Result<Vec<(Head, Records)>, PlainRefusal> {
    let mut rest = body(answer)?;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (head, after) = sized(rest).ok_or_else(broken)?;
        let (records, after) = sized(after).ok_or_else(broken)?;
        let head = serde_json::from_slice(head).map_err(|_| broken())?;
        found.push((head, Records::from_bytes(records).map_err(|_| broken())?));
        rest = after;
    }
    if found.is_empty() { Err(broken()) } else { Ok(found) }
}

/// What the parent makes of an answer in words.
pub(super) fn opened_text(answer: Vec<u8>) -> Result<String, PlainRefusal> {
    body(&answer)?;
    let mut text = String::from_utf8(answer).map_err(|_| broken())?;
    text.remove(0);
    Ok(text)
}

fn body(answer: &[u8]) -> Result<&[u8], PlainRefusal> {
    match answer.split_first() {
        Some((&READ, body)) => Ok(body),
        Some((&REFUSED, refusal)) => Err(serde_json::from_slice(refusal).unwrap_or_else(|_| broken())),
        _ => Err(broken()),
    }
}

fn broken() -> PlainRefusal {
    in_our_words(&ReadRefusal::Died { how: String::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,1,01/02/2012,WBRI,,,\n";
    const REFERRALS: &str = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of referral,Referral Source,Referral NFA?,Number of Referrals in Last 12 Months,Allocated Team,Allocated Worker\n7,b) Female,a) WBRI,01/02/2016,10,03/03/2026,q) 6: Police,b) No,1,North,A Worker\n";

    fn asked(files: &[(&str, &str)], collection: Option<&str>, postcodes: &[u8]) -> Vec<u8> {
        let envelope = Envelope {
            collection: collection.map(str::to_owned),
            year: None,
            as_at: Day::parse("2026-03-31").map(|day| day.0),
            not_after: None,
            authority: None,
            adjoining: None,
            shape: Shape::Records,
            postcodes: postcodes.len(),
            own: Vec::new(),
            files: files.iter().map(|(name, text)| ((*name).to_owned(), text.len())).collect(),
        };
        let envelope = envelope.written();
        let mut bytes = (envelope.len() as u64).to_le_bytes().to_vec();
        bytes.extend(envelope);
        bytes.extend(postcodes);
        files.iter().for_each(|(_, text)| bytes.extend(text.as_bytes()));
        answer_extract_request(&bytes, |_, _| String::new())
    }

    #[test]
    fn two_collections_are_told_apart_and_neither_finds_fault_with_the_files_of_the_other() {
        let answer = asked(&[("header.csv", HEADER), ("referrals.csv", REFERRALS)], None, &[]);
        let parts = opened_parts(&answer).expect("two extracts");
        let told: Vec<_> =
            parts.iter().map(|(head, _)| (head.collection.as_str(), head.files.clone())).collect();
        assert_eq!(told, [("annex-a", vec![1]), ("ssda903", vec![0])]);
        let unrecognised = |head: &Head| head.findings.iter().any(|finding| finding.code == "F02");
        assert!(!parts.iter().any(|(head, _)| unrecognised(head)));
    }

    #[test]
    fn half_an_answer_and_a_damaged_table_are_refusals() {
        let answer = asked(&[("referrals.csv", REFERRALS)], Some("annex-a"), &[]);
        assert!(opened_parts(&answer).is_ok());
        assert!(opened_parts(&answer[..answer.len() - 1]).is_err());
        let refusal = opened_parts(&asked(&[("referrals.csv", REFERRALS)], None, b"not a table"));
        assert!(refusal.expect_err("a refusal").what.contains("this is not a postcode table"));
    }

    #[test]
    fn a_file_that_may_do_harm_is_refused_whatever_stands_beside_it() {
        let hostile = "<!DOCTYPE Message><Message></Message>";
        let answer = asked(&[("referrals.csv", REFERRALS), ("census.xml", hostile)], None, &[]);
        let refusal = opened_parts(&answer).expect_err("a refusal");
        assert!(refusal.what.contains("could be harmful"), "{refusal:?}");
        let nothing = opened_parts(&asked(&[("a.csv", "a,b\n1,2\n")], None, &[])).expect_err("a refusal");
        assert!(nothing.what.starts_with("No list of Annex A"), "{nothing:?}");
    }
}
