//! Word documents: a sound one to break, and ones made to tire or mislead the reader of their XML.

use super::Files;
use super::zip_bytes::deflated;

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

pub(super) fn document(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    )
}

pub(super) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: &str, level: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>\
         <w:r><w:t>Report progress to the board.</w:t></w:r></w:p>"
    )
}

const NUMBERING: &str = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\">\
    <w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>";

/// A sound document with tracked changes by two people, a list, a table and a note.
pub fn sound() -> Vec<u8> {
    let body = format!(
        "{}{}{}<w:p><w:r><w:t xml:space=\"preserve\">The board must meet </w:t></w:r>\
         <w:del w:id=\"1\" w:author=\"Avery Clerk\"><w:r><w:delText>monthly</w:delText></w:r></w:del>\
         <w:ins w:id=\"2\" w:author=\"Robin Solicitor\"><w:r><w:t>every six weeks</w:t></w:r></w:ins>\
         <w:r><w:t>.</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
         <w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph("Improvement notice to Northmoor Council"),
        item("1", "0"),
        item("1", "0"),
        paragraph("Area"),
        paragraph("Judgement"),
    );
    let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>From the first meeting.</w:t></w:r></w:p>\
                 </w:footnote></w:footnotes>";
    word(&document(&body), &[("word/numbering.xml", NUMBERING), ("word/footnotes.xml", notes)])
}

/// A document whose main part is mostly blanks and unpacks to so many megabytes.
pub fn bomb(megabytes: usize) -> Vec<u8> {
    let blank = " ".repeat(megabytes * 1_000_000);
    word(&document(&paragraph(&blank)), &[])
}

fn word(main: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut all: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", main.as_bytes())];
    all.extend(parts.iter().map(|(name, content)| (*name, content.as_bytes())));
    deflated(&all)
}

pub(super) fn add(files: &mut Files, seed: u64) {
    files.add_cuts("word", "docx", 50, sound);
    files.add_flips("word", "docx", 60, seed, sound);
    add_cut_xml(files);
    add_xml_bombs(files);
    add_broken_numbering(files);
    add_odd_structure(files);
}

/// A sound archive around XML that stops in the middle.
fn add_cut_xml(files: &mut Files) {
    for cut in 0..20 {
        files.add(format!("word-xml-cut-{cut:02}.docx"), move || {
            let whole = document(&[item("1", "0"), paragraph("a &amp; b &#169; c")].concat());
            word(&whole[..whole.len() * (cut + 1) / 21], &[("word/numbering.xml", NUMBERING)])
        });
    }
}

fn add_xml_bombs(files: &mut Files) {
    files.add("xml-billion-laughs.docx", || {
        let mut entities = "<!ENTITY l0 \"lol\">".to_owned();
        for level in 1..10 {
            let ten = format!("&l{};", level - 1).repeat(10);
            entities.push_str(&format!("<!ENTITY l{level} \"{ten}\">"));
        }
        word(
            &format!(
                "<?xml version=\"1.0\"?><!DOCTYPE w [{entities}]><w:document><w:t>&l9;</w:t></w:document>"
            ),
            &[],
        )
    });
    files.add("xml-external-entity.docx", || {
        word("<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:document>", &[])
    });
    files.add("xml-external-document-type.docx", || {
        word("<!DOCTYPE w SYSTEM \"http://example.invalid/x.dtd\"><w:document/>", &[])
    });
    files.add("xml-endless-document-type.docx", || {
        word(&format!("<!DOCTYPE w [{}", "<!ENTITY a \"".repeat(50_000)), &[])
    });
    for depth in [129, 1000, 300_000] {
        files.add(format!("xml-nested-{depth}.docx"), move || word(&document(&"<w:sdt>".repeat(depth)), &[]));
        files.add(format!("xml-nested-and-closed-{depth}.docx"), move || {
            word(&document(&("<w:sdt>".repeat(depth) + &"</w:sdt>".repeat(depth))), &[])
        });
    }
    for attributes in [257, 5000, 50_000] {
        files.add(format!("xml-{attributes}-attributes.docx"), move || {
            let all: String = (0..attributes).map(|number| format!(" a{number}=\"{number}\"")).collect();
            word(&document(&format!("<w:p{all}/>")), &[])
        });
    }
    files.add("xml-same-attribute-100000-times.docx", || {
        word(&document(&format!("<w:p{}/>", " w:a=\"1\"".repeat(100_000))), &[])
    });
    files.add("xml-huge-attribute.docx", || {
        word(&document(&format!("<w:p w:a=\"{}\"/>", mixed_letters(1_500_000))), &[])
    });
    files.add("xml-huge-name.docx", || {
        word(&document(&format!("<w:{0}></w:{0}>", mixed_letters(1_000_000))), &[])
    });
    for (number, text) in
        ["&boom;", "&#0;", "&#xFFFFFFFF;", "&#xD800;", "&", "&#;", "]]>", "<![CDATA[", "<!--", "<?x"]
            .into_iter()
            .enumerate()
    {
        files.add(format!("xml-odd-reference-{number}.docx"), move || word(&document(&paragraph(text)), &[]));
    }
    files.add("xml-many-references.docx", || word(&document(&paragraph(&"&#97;".repeat(300_000))), &[]));
    files.add("xml-hundred-thousand-empty-paragraphs.docx", || {
        let varied: String =
            (0..100_000_u32).map(|number| format!("<w:p w:rsidR=\"{:08x}\"/>", number * 7919)).collect();
        word(&document(&varied), &[])
    });
    for (number, encoding) in ["UTF-16", "EBCDIC", "UTF-7", "x\u{0}y"].into_iter().enumerate() {
        files.add(format!("xml-false-encoding-{number}.docx"), move || {
            word(&document(&paragraph("words")).replace("UTF-8", encoding), &[])
        });
    }
    files.add("xml-not-utf-8.docx", || {
        deflated(&[("word/document.xml", b"<w:document>\xff\xfe\x80</w:document>")])
    });
    files.add("xml-utf-16-odd.docx", || deflated(&[("word/document.xml", b"\xff\xfe<\0w\0:")]));
}

fn mixed_letters(count: usize) -> String {
    let mut state = 1_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (state >> 24) as u8 % 26)
    };
    (0..count).map(|_| letter()).collect()
}

fn add_broken_numbering(files: &mut Files) {
    let broken = [
        ("empty", ""),
        (
            "no-levels",
            "<n><abstractNum abstractNumId=\"1\"/><num numId=\"1\"><abstractNumId val=\"1\"/></num></n>",
        ),
        ("no-definition", "<n><num numId=\"1\"><abstractNumId val=\"77\"/></num></n>"),
        (
            "of-itself",
            "<n><abstractNum abstractNumId=\"1\"><numStyleLink val=\"L\"/></abstractNum><num numId=\"1\"><abstractNumId val=\"1\"/></num></n>",
        ),
        (
            "huge-start",
            "<n><abstractNum abstractNumId=\"1\"><lvl ilvl=\"0\"><start val=\"4294967295\"/><numFmt val=\"lowerLetter\"/><lvlText val=\"%1\"/></lvl></abstractNum><num numId=\"1\"><abstractNumId val=\"1\"/></num></n>",
        ),
        (
            "negative",
            "<n><abstractNum abstractNumId=\"-1\"><lvl ilvl=\"-3\"><start val=\"-9\"/></lvl></abstractNum></n>",
        ),
        (
            "high-level",
            "<n><abstractNum abstractNumId=\"1\"><lvl ilvl=\"99999999\"><start val=\"1\"/></lvl></abstractNum></n>",
        ),
        (
            "odd-label",
            "<n><abstractNum abstractNumId=\"1\"><lvl ilvl=\"0\"><lvlText val=\"%%%9%0%1%\u{1d11e}%\"/></lvl></abstractNum><num numId=\"1\"><abstractNumId val=\"1\"/></num></n>",
        ),
        (
            "nought-roman",
            "<n><abstractNum abstractNumId=\"1\"><lvl ilvl=\"0\"><start val=\"0\"/><numFmt val=\"lowerRoman\"/><lvlText val=\"%1\"/></lvl></abstractNum><num numId=\"1\"><abstractNumId val=\"1\"/><lvlOverride ilvl=\"0\"><startOverride val=\"0\"/></lvlOverride></num></n>",
        ),
        ("unfinished", "<n><abstractNum abstractNumId=\"1\"><lvl ilvl=\"0\">"),
        ("mismatched", "<n><abstractNum></num></n>"),
    ];
    for (name, numbering) in broken {
        files.add(format!("numbering-{name}.docx"), move || {
            let body =
                [item("1", "0"), item("1", "8"), item("1", "4294967295"), item("x", "y"), item("1", "0")]
                    .concat();
            word(&document(&body), &[("word/numbering.xml", numbering)])
        });
    }
    files.add("styles-in-a-circle.docx", || {
        let styles = "<s><style styleId=\"A\"><basedOn val=\"B\"/></style><style styleId=\"B\"><basedOn val=\"A\"/></style></s>";
        let body = "<w:p><w:pPr><w:pStyle w:val=\"A\"/></w:pPr><w:r><w:t>Words</w:t></w:r></w:p>";
        word(&document(body), &[("word/styles.xml", styles), ("word/numbering.xml", NUMBERING)])
    });
}

fn add_odd_structure(files: &mut Files) {
    files.add("word-tables-in-tables.docx", || {
        let open = "<w:tbl><w:tr><w:tc>".repeat(40);
        word(&document(&format!("{open}{}{}", paragraph("deep"), "</w:tc></w:tr></w:tbl>".repeat(40))), &[])
    });
    files.add("word-cells-without-tables.docx", || {
        word(&document(&format!("<w:tc><w:tr>{}</w:tr></w:tc><w:t>loose</w:t>", paragraph("x"))), &[])
    });
    files.add("word-notes-to-nowhere.docx", || {
        let references: String =
            (0..20_000).map(|id| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>")).collect();
        word(&document(&format!("<w:p>{references}</w:p>")), &[("word/footnotes.xml", "<w:footnotes/>")])
    });
    files.add("word-many-notes.docx", || {
        let references: String =
            (0..5000).map(|id| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>")).collect();
        let notes: String = (0..5000)
            .map(|id| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", paragraph("n")))
            .collect();
        let notes = format!("<w:footnotes>{notes}</w:footnotes>");
        word(&document(&format!("<w:p>{references}</w:p>")), &[("word/footnotes.xml", &notes)])
    });
    files.add("word-changes-by-3000-people.docx", || {
        let changes: String = (0..3000)
            .map(|number| format!("<w:ins w:author=\"Person {number}\"><w:r><w:t>x</w:t></w:r></w:ins>"))
            .collect();
        word(&document(&format!("<w:p>{changes}</w:p>")), &[])
    });
    files.add("word-ends-all-deleted.docx", || {
        let one = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>run on </w:t></w:r></w:p>";
        word(&document(&one.repeat(20_000)), &[])
    });
    files.add("word-escape-sequences.docx", || {
        word(&document(&paragraph("\u{9b}2J\u{202e}evil &#27;[31m")), &[])
    });
    files.add("word-other-root.docx", || word("<html><body><p>words</p></body></html>", &[]));
}
