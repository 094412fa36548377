//! Files of other kinds under the names of documents.

use super::Files;
use super::random::Random;

pub(super) fn add(files: &mut Files, seed: u64) {
    let beginnings: [(&str, &[u8]); 22] = [
        ("picture.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("picture.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ("animation.txt", b"GIF89a\x01\0\x01\0"),
        ("scan.pdf", b"II*\0\x08\0\0\0"),
        ("program.docx", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff"),
        ("program.txt", b"\x7fELF\x02\x01\x01\0"),
        ("script.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("packed.txt", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"),
        ("packed-2.txt", b"BZh91AY&SY"),
        ("packed-3.docx", b"\xfd7zXZ\0\0\x04"),
        ("packed-4.docx", b"7z\xbc\xaf\x27\x1c\0\x04"),
        ("packed-5.docx", b"Rar!\x1a\x07\x01\0"),
        ("database.docx", b"SQLite format 3\0\x10\0\x01\x01"),
        ("rich.docx", b"{\\rtf1\\ansi The board must meet.}"),
        ("rich-nested.rtf", b"{\\rtf1{{{{{{{{{{{{"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"),
        ("message.html", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"),
        ("data.html", b"<?xml version=\"1.0\"?><rows><row/></rows>"),
        ("drawing.html", b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("film.pdf", b"\0\0\0\x18ftypmp42"),
        ("sound.txt", b"RIFF\0\0\0\0WAVEfmt "),
        ("font.txt", b"\0\x01\0\0\0\x0f\0\x80"),
    ];
    for (number, (name, beginning)) in (0_u64..).zip(beginnings) {
        files.add(format!("other-{name}"), move || {
            let mut bytes = beginning.to_vec();
            if !name.ends_with(".html") {
                bytes.extend(Random(seed ^ number).bytes(5000));
            }
            bytes
        });
    }
    for (name, stream) in [
        ("encrypted.docx", "EncryptedPackage"),
        ("old-word.docx", "WordDocument"),
        ("old-book.docx", "Workbook"),
    ] {
        files.add(format!("other-{name}"), move || {
            let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
            bytes.resize(1024, 0);
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            bytes
        });
    }
    files.add("other-archive-of-members.txt", || {
        let mut bytes = vec![0; 1024];
        bytes[..5].copy_from_slice(b"a.txt");
        bytes[257..262].copy_from_slice(b"ustar");
        bytes
    });
    files.add("other-text-that-mentions-a-pdf.txt", || {
        b"The file began with %PDF-1.4 and the board must read it.".to_vec()
    });
}
