//! Word documents: the text as issued, with printed labels, changes accepted and nothing hidden passed off as text.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{DocumentRefusal, OtherKind, read, refusal, text_of};

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                          xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wps=\"x\" \
                          xmlns:v=\"y\"";

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).expect("start part");
        zip.write_all(content.as_bytes()).expect("write part");
    }
    zip.finish().expect("finish").into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
}

fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = document(body);
    let mut all = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", document.as_str())];
    all.extend(parts);
    archive(&all)
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: u32, level: u32, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
  <w:abstractNum w:abstractNumId="5">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Clause"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2.(%3)"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"#;

#[test]
fn paragraphs_runs_tabs_and_breaks_are_kept() {
    let body = "<w:p><w:r><w:t>The coun</w:t></w:r><w:r><w:t xml:space=\"preserve\">cil &amp; board</w:t><w:tab/><w:t>act</w:t>\
                <w:br/><w:t>co\u{ad}operate</w:t></w:r></w:p><w:p><w:r><w:br w:type=\"page\"/><w:t>Next</w:t></w:r></w:p>";
    assert_eq!(text_of(&docx(body, &[])), "The council & board\tact\ncooperate\n\n\u{c}Next\n");
}

#[test]
fn list_labels_are_those_word_prints() {
    let body = [
        item(1, 0, "One"),
        item(1, 1, "A"),
        item(1, 1, "B"),
        item(1, 2, "Deep"),
        item(1, 0, "Two"),
        item(1, 1, "A again"),
        item(2, 0, "Dot"),
        item(3, 0, "Fresh"),
        item(9, 0, "No such list"),
    ]
    .concat();
    let text = text_of(&docx(&body, &[("word/numbering.xml", NUMBERING)]));
    assert_eq!(
        text,
        "1. One\na) A\nb) B\n1.b.(i) Deep\n2. Two\na) A again\n• Dot\n1. Fresh\n\nNo such list\n"
    );
}

#[test]
fn a_paragraph_style_may_carry_the_list() {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId="Special"><w:basedOn w:val="Clause"/></w:style></w:styles>"#;
    let body = "<w:p><w:pPr><w:pStyle w:val=\"Clause\"/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>\
                <w:p><w:pPr><w:pStyle w:val=\"Special\"/></w:pPr><w:r><w:t>Two</w:t></w:r></w:p>\
                <w:p><w:pPr><w:pStyle w:val=\"Clause\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr><w:r><w:t>None</w:t></w:r></w:p>";
    let text = text_of(&docx(body, &[("word/numbering.xml", NUMBERING), ("word/styles.xml", styles)]));
    assert_eq!(text, "1. One\n2. Two\n\nNone\n");
}

#[test]
fn tracked_changes_are_read_as_accepted_and_named() {
    let body = "<w:p><w:r><w:t>The board must meet </w:t></w:r>\
        <w:del w:id=\"1\" w:author=\"A Clerk\"><w:r><w:delText>monthly</w:delText></w:r></w:del>\
        <w:ins w:id=\"2\" w:author=\"B Lawyer\"><w:r><w:t>every six weeks</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del w:id=\"3\" w:author=\"A Clerk\"/></w:rPr></w:pPr><w:r><w:t>First half </w:t></w:r></w:p>\
        <w:p><w:moveFrom w:id=\"4\"><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t>second half.</w:t></w:r></w:p>";
    let read = read(&docx(body, &[]));
    assert_eq!(read.text, "The board must meet every six weeks.\n\nFirst half second half.\n");
    assert!(
        read.warnings[0].contains("1 insertions and 3 deletions by A Clerk and B Lawyer"),
        "{:?}",
        read.warnings
    );
}

#[test]
fn footnotes_follow_at_the_end_and_comments_are_left_out() {
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"-1\"><w:p/></w:footnote><w:footnote w:id=\"7\"><w:p><w:r><w:footnoteRef/>\
                 </w:r><w:r><w:t> Statutory guidance.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let comments = "<w:comments xmlns:w=\"w\"><w:comment><w:p><w:r><w:t>Sure?</w:t></w:r></w:p></w:comment></w:comments>";
    let body = format!(
        "<w:p><w:r><w:t>In line with guidance</w:t><w:footnoteReference w:id=\"7\"/><w:t>.</w:t></w:r></w:p>{}",
        paragraph("End")
    );
    let read = read(&docx(&body, &[("word/footnotes.xml", notes), ("word/comments.xml", comments)]));
    assert_eq!(read.text, "In line with guidance[1].\n\nEnd\n\n[1] Statutory guidance.\n");
    assert_eq!(read.warnings, ["The document has 1 comments, which were left out."]);
}

#[test]
fn table_cells_are_joined_by_tabs() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:del w:author=\"A\"/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>{}",
        cell("Area"),
        cell("Judgement"),
        cell("Deleted"),
        cell("row"),
        cell("Overall"),
        cell("Good"),
        paragraph("After"),
    );
    assert_eq!(text_of(&docx(&body, &[])), "Area\tJudgement\nOverall\tGood\n\nAfter\n");
}

#[test]
fn text_boxes_are_read_once_and_hidden_text_not_at_all() {
    let body = format!(
        "<w:p><w:r><w:t>Beside</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>\
         </mc:Choice><mc:Fallback><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t> the box</w:t></w:r></w:p>",
        paragraph("In the box"),
        paragraph("In the box")
    );
    let read = read(&docx(&body, &[]));
    assert_eq!(read.text, "Beside the box\n\nIn the box\n");
    assert!(read.warnings[0].contains("hidden text in 1 places"), "{:?}", read.warnings);
}

#[test]
fn a_document_of_pictures_says_that_it_is_probably_a_scan() {
    let body = "<w:p><w:r><w:drawing><a:blip xmlns:a=\"a\"/></w:drawing></w:r></w:p>";
    assert_eq!(refusal(&docx(body, &[])), DocumentRefusal::WordOfPictures { pictures: 1 });
}

#[test]
fn other_archives_are_told_apart() {
    let cases = [
        ("xl/workbook.xml", "", OtherKind::Spreadsheet),
        ("ppt/presentation.xml", "", OtherKind::Presentation),
        ("mimetype", "application/vnd.oasis.opendocument.text", OtherKind::OpenDocumentText),
        ("notice.pdf", "%PDF-", OtherKind::Archive),
    ];
    for (name, content, kind) in cases {
        assert_eq!(refusal(&archive(&[(name, content)])), DocumentRefusal::OtherKind { kind });
    }
}

#[test]
fn archives_that_may_harm_are_refused() {
    let unsafe_archive = |parts: &[(&str, &str)]| match refusal(&docx("", parts)) {
        DocumentRefusal::UnsafeArchive { why } => why,
        other => panic!("{other:?}"),
    };
    assert!(unsafe_archive(&[("../../etc/cron.d/x", "")]).contains("leads outside"));
    assert!(unsafe_archive(&[("/etc/passwd", "")]).contains("leads outside"));
    assert!(unsafe_archive(&[("word/inner.zip", "")]).contains("another archive"));
    assert!(unsafe_archive(&[("word/media/big.xml", &" ".repeat(4_000_000))]).contains("100 times"));
    let entries: Vec<String> = (0..10_001).map(|number| format!("word/{number}.xml")).collect();
    let parts: Vec<(&str, &str)> = entries.iter().map(|name| (name.as_str(), "")).collect();
    assert!(unsafe_archive(&parts).contains("10000 parts"));
}

#[test]
fn xml_that_may_harm_is_refused() {
    let attributes: String = (0..300).map(|number| format!(" a{number}=\"\"")).collect();
    let cases = [
        ("<!DOCTYPE w [<!ENTITY a \"b\">]><w:document/>".to_owned(), "document type"),
        (document("<w:p><w:r><w:t>&boom;</w:t></w:r></w:p>"), "entity"),
        (document(&"<w:sdt>".repeat(200)), "nested"),
        (document(&format!("<w:p{attributes}/>")), "attributes"),
    ];
    for (xml, reason) in cases {
        match refusal(&archive(&[("word/document.xml", &xml)])) {
            DocumentRefusal::UnsafeXml { part, why } => {
                assert_eq!(part, "word/document.xml");
                assert!(why.contains(reason), "{why}");
            }
            other => panic!("{reason}: {other:?}"),
        }
    }
}

#[test]
fn a_document_cut_short_is_damaged() {
    let whole = docx(&paragraph("The board must meet."), &[]);
    assert!(matches!(refusal(&whole[..whole.len() - 30]), DocumentRefusal::DamagedWord { .. }));
    let broken = archive(&[("word/document.xml", "<w:document><w:body><w:p>")]);
    assert!(matches!(refusal(&broken), DocumentRefusal::DamagedWord { .. }));
}
