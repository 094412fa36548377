//! Texts in the wrong encoding, of the wrong size, or not texts at all.

use super::Files;
use super::random::{Random, flip_bits};

const SOUND: &str = "Improvement notice to Northmoor Council\n\n1. The council must set up an improvement board.\n\
    a) The board must meet every six weeks.\n(ii) The chair’s report is due within three months – at the latest.\n";

fn wide(text: &str, little: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

pub(super) fn add(files: &mut Files, seed: u64) {
    add_encodings(files);
    add_sizes(files);
    for copy in 0..10 {
        files.add(format!("text-flipped-{copy:02}.txt"), move || {
            let mut bytes = SOUND.as_bytes().to_vec();
            flip_bits(&mut bytes, seed ^ (copy << 24), 1 + copy as usize * 3);
            bytes
        });
    }
    for copy in 0..6 {
        files.add(format!("noise-{copy}.txt"), move || Random(seed ^ copy).bytes(10_000));
    }
}

fn add_encodings(files: &mut Files) {
    let odd: [(&str, &[u8]); 13] = [
        ("mark-alone", b"\xef\xbb\xbf"),
        ("two-marks", b"\xef\xbb\xbf\xef\xbb\xbfwords"),
        ("mark-16-alone", b"\xff\xfe"),
        ("mark-16-and-a-byte", b"\xff\xfex"),
        ("mark-32", b"\xff\xfe\0\0w\0\0\0"),
        ("windows-1252", b"The council\x92s board \x96 monthly"),
        ("windows-1252-undefined", b"words \x81\x8d\x8f\x90\x9d words"),
        ("mixed", "Siân must “act” and \u{fffd}".as_bytes()),
        ("overlong", b"words \xc0\xaf\xe0\x80\xaf words and more words to read here"),
        ("surrogates", b"words \xed\xa0\x80 words and more words to read here"),
        ("nul", b"words\0words"),
        ("escape-sequences", b"words \x1b[2J and a bell \x07 and very many more words so that it counts as text, which is refused \
            only when there is more than a little of this; so here are yet more words, and more, and more, and more, and more, \
            and more, and more, and more, and more, and more, and more, and more, and more, and more, and more, and more, and \
            more, and more, and more, and more, and more, and more, and more, and more, and more, and more, and more, and more"),
        ("only-controls", b"\x01\x02\x03\x04"),
    ];
    for (name, bytes) in odd {
        files.add(format!("text-{name}.txt"), move || bytes.to_vec());
    }
    for little in [true, false] {
        let order = if little { "little" } else { "big" };
        files.add(format!("text-16-{order}.txt"), move || wide(SOUND, little));
        files.add(format!("text-16-{order}-odd-length.txt"), move || {
            let mut bytes = wide(SOUND, little);
            bytes.pop();
            bytes
        });
        files.add(format!("text-16-{order}-half-pair.txt"), move || {
            let mut bytes = wide(SOUND, little);
            bytes.extend(if little { [0x00, 0xd8] } else { [0xd8, 0x00] });
            bytes
        });
        files.add(format!("text-16-{order}-without-mark.txt"), move || wide(SOUND, little)[2..].to_vec());
    }
}

fn add_sizes(files: &mut Files) {
    files.add("text-empty.txt", Vec::new);
    files.add("text-one-byte.txt", || vec![b'x']);
    files.add("text-blank.txt", || vec![b' '; 1_000_000]);
    files.add("text-only-line-ends.txt", || b"\r\n".repeat(500_000));
    files.add("text-only-form-feeds.txt", || vec![0xc; 1_000_000]);
    files.add("text-one-line-of-four-megabytes.txt", || b"The board must meet. ".repeat(190_000));
    files.add("text-one-word-of-four-megabytes.txt", || vec![b'a'; 4_000_000]);
    files.add("text-a-million-short-lines.txt", || b"a\n".repeat(1_000_000));
    files.add("text-a-hundred-thousand-labels.txt", || b"(a)\n".repeat(100_000));
    files.add("text-just-over-the-limit.txt", || b"word ".repeat(1_000_001));
    files.add("text-30-megabytes.txt", || b"The board must meet every six weeks.\n".repeat(811_000));
    files.add("text-brackets.txt", || b"((((".repeat(200_000));
    files.add("text-combining-letters.txt", || "e\u{301}\u{302}".repeat(200_000).into_bytes());
}
