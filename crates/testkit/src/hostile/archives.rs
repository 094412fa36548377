//! Archives made to swell, to lead outside, or to contradict themselves.

use super::Files;
use super::word::{document, paragraph};
use super::zip_bytes::{Entry, deflated, write};

fn main_part() -> Entry {
    Entry::new("word/document.xml", document(&paragraph("The board must meet.")).as_bytes())
}

pub(super) fn add(files: &mut Files) {
    add_swelling(files);
    add_names(files);
    add_lies(files);
    files.add("zip-empty.docx", || write(&[], None));
    files.add("zip-only-its-mark.docx", || b"PK\x03\x04".to_vec());
    files.add("zip-only-its-end.docx", || b"PK\x05\x06".to_vec());
    files.add("zip-end-with-long-comment.docx", || {
        let mut bytes = write(&[main_part()], None);
        let length = bytes.len();
        bytes[length - 2..].copy_from_slice(&[0xff, 0xff]);
        bytes.extend(vec![b'c'; 65_535]);
        bytes
    });
    files.add("zip-many-ends.docx", || b"PK\x05\x06".repeat(50_000));
    files
        .add("zip-two-archives.docx", || [write(&[main_part()], None), write(&[main_part()], None)].concat());
}

fn add_swelling(files: &mut Files) {
    for megabytes in [2, 8, 20] {
        files.add(format!("zip-bomb-{megabytes}-megabytes.docx"), move || super::word::bomb(megabytes));
        files.add(format!("zip-bomb-in-styles-{megabytes}-megabytes.docx"), move || {
            let main = document(&paragraph("The board must meet."));
            let blank = vec![b' '; megabytes * 1_000_000];
            deflated(&[("word/document.xml", main.as_bytes()), ("word/styles.xml", &blank)])
        });
    }
    files.add("zip-bomb-shared-among-many.docx", || {
        let blank = deflated(&[("x", &vec![b' '; 900_000])]);
        let packed = blank[31..blank.len() - 60].to_vec();
        let mut entries = vec![main_part()];
        for number in 0..2000 {
            let mut entry = Entry::new(&format!("word/media/{number}.bin"), &packed);
            (entry.method, entry.claimed_size, entry.overlaps) = (8, Some(900_000), number > 0);
            entries.push(entry);
        }
        write(&entries, None)
    });
    for depth in [1, 2, 5] {
        files.add(format!("zip-nested-{depth}.docx"), move || {
            let mut inner = write(&[main_part()], None);
            for _ in 0..depth {
                inner = write(&[main_part(), Entry::new("word/inner.zip", &inner)], None);
            }
            inner
        });
    }
    for entries in [10_001_u32, 30_000, 70_000] {
        files.add(format!("zip-of-{entries}-entries.docx"), move || {
            let mut all = vec![main_part()];
            all.extend((0..entries).map(|number| Entry::new(&format!("word/{number}"), b"")));
            write(&all, None)
        });
    }
    files.add("zip-hiding-its-count.docx", || {
        let mut all = vec![main_part()];
        all.extend((0..40_000).map(|number| Entry::new(&format!("word/{number}"), b"")));
        write(&all, Some(2))
    });
}

fn add_names(files: &mut Files) {
    let names = [
        "../../etc/cron.d/job",
        "/etc/passwd",
        "C:\\Windows\\x.dll",
        "..\\..\\x",
        "word/../../../x",
        "\\\\server\\share\\x",
        "",
        "word/\0hidden",
        "word/\u{202e}cod.exe",
        "con:aux",
    ];
    for (number, name) in names.into_iter().enumerate() {
        files.add(format!("zip-slip-{number}.docx"), move || {
            write(&[main_part(), Entry::new(name, b"x")], None)
        });
    }
    files.add("zip-name-no-text.docx", || {
        let mut entry = Entry::new("", b"x");
        entry.name = vec![0xff, 0xfe, 0x80];
        entry.flags = 0x800;
        write(&[main_part(), entry], None)
    });
    files.add("zip-name-of-60000-letters.docx", || {
        write(&[main_part(), Entry::new(&"n".repeat(60_000), b"x")], None)
    });
    files.add("zip-symbolic-link.docx", || {
        let mut entry = Entry::new("word/link.xml", b"/etc/passwd");
        entry.attributes = 0o120_777 << 16;
        write(&[main_part(), entry], None)
    });
    files.add("zip-main-part-is-a-link.docx", || {
        let mut entry = Entry::new("word/document.xml", b"/etc/passwd");
        entry.attributes = 0o120_777 << 16;
        write(&[entry], None)
    });
    files.add("zip-main-part-twice.docx", || {
        write(
            &[main_part(), Entry::new("word/document.xml", document(&paragraph("Another text.")).as_bytes())],
            None,
        )
    });
    files.add("zip-main-part-is-a-folder.docx", || write(&[Entry::new("word/document.xml/", b"")], None));
}

/// The name of a lie and how an entry is made to tell it.
type Lie = (&'static str, fn(&mut Entry));

fn add_lies(files: &mut Files) {
    let lies: [Lie; 7] = [
        ("claims-less", |entry| entry.claimed_size = Some(3)),
        ("claims-more", |entry| entry.claimed_size = Some(60_000_000)),
        ("claims-four-gigabytes", |entry| entry.claimed_size = Some(u32::MAX)),
        ("wrong-checksum", |entry| entry.wrong_checksum = true),
        ("says-encrypted", |entry| entry.flags = 1),
        ("says-deflated", |entry| entry.method = 8),
        ("unknown-method", |entry| entry.method = 98),
    ];
    for (name, lie) in lies {
        files.add(format!("zip-{name}.docx"), move || {
            let mut entry = main_part();
            lie(&mut entry);
            write(&[entry], None)
        });
    }
    for count in [0, 2, 9_999, 65_535] {
        files.add(format!("zip-says-{count}-entries.docx"), move || write(&[main_part()], Some(count)));
    }
    for (name, from_end) in [("directory-size", 10), ("directory-offset", 6)] {
        files.add(format!("zip-{name}-beyond-the-file.docx"), move || {
            let mut bytes = write(&[main_part()], None);
            let at = bytes.len() - from_end;
            bytes[at..at + 4].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
            bytes
        });
    }
}
