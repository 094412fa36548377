//! PDFs: sound ones to break, and ones whose structure goes in circles or grows without end.

use super::Files;

/// A PDF of numbered objects, with a true table of where they stand.
fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    bytes
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// The objects of a document of one page with this content.
fn one_page(content: &str) -> Vec<String> {
    vec![
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".into(),
        stream(content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into(),
    ]
}

const WORDS: &str = "BT /F1 12 Tf 72 770 Td (Improvement notice to Northmoor Council) Tj 0 -20 Td \
    (1. The council must set up an improvement board that meets every six weeks.) Tj ET";

/// A sound PDF of one page.
pub fn sound() -> Vec<u8> {
    pdf(&one_page(WORDS), "")
}

/// A sound PDF whose two pages are pictures without text.
pub fn without_text() -> Vec<u8> {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /I 6 0 R >> >> >>";
    let picture = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n\
                   stream\nx\nendstream";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        page,
        page,
        &stream("q 595 0 0 842 0 0 cm /I Do Q"),
        picture,
    ];
    pdf(&objects.map(str::to_owned), "")
}

/// A PDF that says it opens only with a password: its keys fit no empty one.
pub fn encrypted() -> Vec<u8> {
    let mut objects = one_page(WORDS);
    let key = "41".repeat(32);
    objects.push(format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <{key}> /U <{key}> >>"));
    let id = "42".repeat(16);
    pdf(&objects, &format!("/Encrypt 6 0 R /ID [<{id}> <{id}>]"))
}

pub(super) fn add(files: &mut Files, seed: u64) {
    files.add_cuts("pdf", "pdf", 20, sound);
    files.add_flips("pdf", "pdf", 30, seed ^ 0x50, sound);
    files.add("pdf-scanned.pdf", without_text);
    files.add("pdf-encrypted.pdf", encrypted);
    add_beginnings(files);
    add_circles(files);
    add_growth(files);
}

fn add_beginnings(files: &mut Files) {
    let beginnings: [(&str, &[u8]); 8] = [
        ("mark-alone", b"%PDF-"),
        ("version-alone", b"%PDF-1.7\n"),
        ("end-alone", b"%PDF-1.7\n%%EOF"),
        ("no-table", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9999999\n%%EOF"),
        ("negative-table", b"%PDF-1.7\nstartxref\n-1\n%%EOF"),
        ("huge-table-place", b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF"),
        ("unfinished-words", b"%PDF-1.7\n1 0 obj (((((((((((((((("),
        ("only-zeros", b"%PDF-1.7\n\0\0\0\0\0\0\0\0"),
    ];
    for (name, bytes) in beginnings {
        files.add(format!("pdf-{name}.pdf"), move || bytes.to_vec());
    }
    files.add("pdf-after-junk.pdf", || [b"\xff\xfe junk \n".to_vec(), sound()].concat());
}

fn add_circles(files: &mut Files) {
    files.add("pdf-table-points-to-itself.pdf", || {
        let mut bytes = sound();
        let at = bytes.windows(4).rposition(|window| window == b"xref").expect("a sound PDF has a table") - 5;
        let text = String::from_utf8_lossy(&bytes[at..]).into_owned();
        let table = text.lines().nth_back(1).unwrap_or("0").to_owned();
        let end = bytes.len();
        bytes.truncate(end - 6 - table.len() - 1 - "startxref\n".len() - 3);
        bytes.extend(format!(" /Prev {table} >>\nstartxref\n{table}\n%%EOF\n").bytes());
        bytes
    });
    let circles: [(&str, usize, &str); 9] = [
        ("pages-their-own-kid", 2, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        ("pages-and-page-in-a-circle", 3, "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>"),
        ("page-its-own-content", 3, "<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>"),
        ("content-in-a-circle", 4, "[4 0 R 4 0 R]"),
        ("length-of-itself", 4, "<< /Length 4 0 R >>\nstream\nBT ET\nendstream"),
        ("parent-of-itself", 3, "<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>"),
        ("font-of-itself", 5, "<< /Type /Font /Subtype /Type0 /DescendantFonts [5 0 R] /ToUnicode 5 0 R >>"),
        ("catalogue-is-a-number", 1, "42"),
        ("count-a-lie", 2, "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"),
    ];
    for (name, number, object) in circles {
        files.add(format!("pdf-{name}.pdf"), move || {
            let mut objects = one_page(WORDS);
            object.clone_into(&mut objects[number - 1]);
            pdf(&objects, "")
        });
    }
    files.add("pdf-form-draws-itself.pdf", || {
        let mut objects = one_page("/X Do");
        objects[2] = objects[2].replace("/Font <<", "/XObject << /X 6 0 R >> /Font <<");
        objects.push("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream".into());
        pdf(&objects, "")
    });
}

fn add_growth(files: &mut Files) {
    files.add("pdf-hundred-thousand-objects.pdf", || {
        let mut objects = one_page(WORDS);
        objects.extend((0..100_000).map(|number| number.to_string()));
        pdf(&objects, "")
    });
    files.add("pdf-five-thousand-pages.pdf", || {
        let mut objects = one_page(WORDS);
        objects[1] = format!("<< /Type /Pages /Kids [{}] /Count 5000 >>", "3 0 R ".repeat(5000));
        pdf(&objects, "")
    });
    files.add("pdf-deep-page-tree.pdf", || {
        let mut objects = one_page(WORDS);
        objects[1] = "<< /Type /Pages /Kids [6 0 R] /Count 1 >>".into();
        for next in 7..3000 {
            objects.push(format!("<< /Type /Pages /Kids [{next} 0 R] /Count 1 >>"));
        }
        objects.push("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into());
        pdf(&objects, "")
    });
    for depth in [1000, 200_000] {
        files.add(format!("pdf-lists-nested-{depth}.pdf"), move || {
            let mut objects = one_page(WORDS);
            objects[4] = "[".repeat(depth) + &"]".repeat(depth);
            pdf(&objects, "")
        });
        files.add(format!("pdf-dictionaries-nested-{depth}.pdf"), move || {
            let mut objects = one_page(WORDS);
            objects[4] = "<</A ".repeat(depth) + "1" + &">>".repeat(depth);
            pdf(&objects, "")
        });
    }
    files.add("pdf-saved-states-without-end.pdf", || pdf(&one_page(&"q ".repeat(500_000)), ""));
    files.add("pdf-million-empty-words.pdf", || {
        pdf(&one_page(&format!("BT /F1 9 Tf {} ET", "() Tj ".repeat(300_000))), "")
    });
    files.add("pdf-says-huge-length.pdf", || {
        let mut objects = one_page(WORDS);
        objects[3] = "<< /Length 4294967296 >>\nstream\nBT ET\nendstream".into();
        pdf(&objects, "")
    });
    files.add("pdf-false-compression.pdf", || {
        let mut objects = one_page(WORDS);
        objects[3] =
            "<< /Length 9 /Filter [/FlateDecode /FlateDecode /LZWDecode] >>\nstream\nnot packed\nendstream"
                .into();
        pdf(&objects, "")
    });
}
