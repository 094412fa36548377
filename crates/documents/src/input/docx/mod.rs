//! Word documents (ECMA-376, WordprocessingML): the text as a reader would see it with all changes accepted.
//!
//! Headers and footers are left out, footnotes follow at the end, list labels are computed from the numbering part,
//! and what was left out or decided is said in the warnings.

mod body;
mod changes;
mod numbering;
mod styles;

use super::archive::Archive;
use super::flow::{Block, Flow};
use super::refusal::DocumentRefusal;
use super::xml::{self, Step, Steps};
use super::{ExtractedText, Kind};

use body::{Body, Note};
use changes::Changes;
use numbering::Numbering;
use styles::Styles;

const USUAL_MAIN_PART: &str = "word/document.xml";

/// Extracts a Word document, or says what else the archive is.
pub(super) fn extract(bytes: &[u8]) -> Result<ExtractedText, DocumentRefusal> {
    let mut archive = Archive::open(bytes)?;
    let Some(main) = main_part(&mut archive)? else {
        return Err(DocumentRefusal::OtherKind { kind: archive.other_kind() });
    };
    if archive.encrypted {
        return Err(DocumentRefusal::WordPassword);
    }
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let numbering = text(&mut archive, &beside("numbering.xml"))?;
    let styles = text(&mut archive, &beside("styles.xml"))?;
    let footnotes = text(&mut archive, &beside("footnotes.xml"))?;
    let endnotes = text(&mut archive, &beside("endnotes.xml"))?;
    let comments = text(&mut archive, &beside("comments.xml"))?;
    let document = text(&mut archive, &main)?.unwrap_or_default();

    let styles = styles.map_or(Ok(Styles::default()), |xml| Styles::read(&xml))?;
    let numbering = numbering.map_or(Ok(Numbering::default()), |xml| Numbering::read(&xml))?;
    let mut body = Body::new(styles, numbering);
    body.read(&main, &document)?;
    let notes = body.take_notes();
    let mut flow = std::mem::take(&mut body.flow);
    append_notes(&mut body, &mut flow, &notes, Note::Foot, footnotes.as_deref())?;
    append_notes(&mut body, &mut flow, &notes, Note::End, endnotes.as_deref())?;

    let text = flow.finish();
    if text.trim().is_empty() && body.pictures > 0 {
        return Err(DocumentRefusal::WordOfPictures { pictures: body.pictures });
    }
    let comments = comments.map_or(Ok(0), |xml| count_comments(&xml))?;
    let warnings = warnings(&body, comments, &archive);
    Ok(ExtractedText { kind: Kind::Docx, text, pages: None, warnings })
}

/// The main part, by the package's relationships or else by its usual name.
fn main_part(archive: &mut Archive<'_>) -> Result<Option<String>, DocumentRefusal> {
    const RELATIONSHIPS: &str = "_rels/.rels";
    if archive.has(USUAL_MAIN_PART) {
        return Ok(Some(USUAL_MAIN_PART.to_owned()));
    }
    if !archive.names().any(|name| name.starts_with("word/")) {
        return Ok(None);
    }
    let Some(xml) = text(archive, RELATIONSHIPS)? else { return Ok(None) };
    let mut steps = Steps::new(RELATIONSHIPS, &xml);
    while let Some(step) = steps.next()? {
        let Step::Open(element) = step else { continue };
        if element.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
            let target = element.attribute("Target").unwrap_or("").trim_start_matches('/');
            return Ok(archive.has(target).then(|| target.to_owned()));
        }
    }
    Ok(None)
}

fn text(archive: &mut Archive<'_>, part: &str) -> Result<Option<String>, DocumentRefusal> {
    if archive.encrypted {
        return Ok(None);
    }
    archive.part(part)?.map(|bytes| xml::decode(part, bytes)).transpose()
}

/// Adds the notes the text refers to, each behind the number it was given there.
fn append_notes(
    body: &mut Body,
    flow: &mut Flow,
    referred: &[(Note, String)],
    note: Note,
    xml: Option<&str>,
) -> Result<(), DocumentRefusal> {
    let Some(xml) = xml else { return Ok(()) };
    let texts = body.read_notes(note, xml)?;
    for (order, (kind, id)) in referred.iter().enumerate() {
        if *kind != note {
            continue;
        }
        if let Some(text) = texts.get(id) {
            flow.push(Block::paragraph(format!("[{}] {}", order + 1, text.trim())));
        }
    }
    Ok(())
}

fn count_comments(xml: &str) -> Result<usize, DocumentRefusal> {
    let mut steps = Steps::new("comments.xml", xml);
    let mut comments = 0;
    while let Some(step) = steps.next()? {
        comments += usize::from(matches!(&step, Step::Open(element) if element.name == "comment"));
    }
    Ok(comments)
}

fn warnings(body: &Body, comments: usize, archive: &Archive<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    let mut say = |count: usize, sentence: String| {
        if count > 0 {
            warnings.push(sentence);
        }
    };
    let Changes { insertions, deletions, .. } = body.changes;
    say(
        insertions + deletions,
        format!(
            "The document has tracked changes: {insertions} insertions and {deletions} deletions by {}. They were read \
             as accepted. Check that this is the text that was issued.",
            body.changes.authors_in_words()
        ),
    );
    say(comments, format!("The document has {comments} comments, which were left out."));
    say(
        body.hidden_runs,
        format!("The document has hidden text in {} places, which was left out.", body.hidden_runs),
    );
    say(
        archive.embedded + body.embedded,
        format!(
            "The document has {} files inside it, which were not opened.",
            archive.embedded + body.embedded
        ),
    );
    let macros = archive.names().filter(|name| name.ends_with("vbaProject.bin")).count();
    say(macros, "The document has macros, which were not run.".to_owned());
    warnings
}
