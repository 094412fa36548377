//! Files made to break a reader, for test S8 of the security rules: hundreds of them, made from a seed, none stored.
//!
//! Each is a recipe, so that only the file at work is in memory.

mod archives;
mod html;
mod others;
mod pdf;
mod random;
mod text;
mod word;
mod zip_bytes;

pub use pdf::{encrypted as encrypted_pdf, sound as sound_pdf, without_text as scanned_pdf};
pub use word::{bomb as word_bomb, sound as sound_word};

/// One hostile file: its name and how it is made.
pub struct HostileFile {
    /// What it is, in a form that serves as a file name.
    pub name: String,
    make: Box<dyn Fn() -> Vec<u8> + Send + Sync>,
}

impl HostileFile {
    /// Makes the file; the same bytes each time.
    pub fn bytes(&self) -> Vec<u8> {
        (self.make)()
    }
}

/// The whole corpus.
pub fn corpus(seed: u64) -> Vec<HostileFile> {
    let mut files = Files::default();
    archives::add(&mut files);
    word::add(&mut files, seed);
    html::add(&mut files, seed);
    text::add(&mut files, seed);
    pdf::add(&mut files, seed);
    others::add(&mut files, seed);
    files.0
}

/// The corpus while it is written down.
#[derive(Default)]
struct Files(Vec<HostileFile>);

impl Files {
    fn add(&mut self, name: impl Into<String>, make: impl Fn() -> Vec<u8> + Send + Sync + 'static) {
        self.0.push(HostileFile { name: name.into(), make: Box::new(make) });
    }

    /// Cuts of a sound file, evenly spread.
    fn add_cuts(&mut self, name: &str, ending: &str, cuts: usize, sound: fn() -> Vec<u8>) {
        for cut in 0..cuts {
            self.add(format!("{name}-cut-{cut:02}.{ending}"), move || {
                let mut bytes = sound();
                bytes.truncate(bytes.len() * (cut + 1) / (cuts + 1));
                bytes
            });
        }
    }

    /// Copies of a sound file with some bits turned.
    fn add_flips(&mut self, name: &str, ending: &str, copies: u64, seed: u64, sound: fn() -> Vec<u8>) {
        for copy in 0..copies {
            self.add(format!("{name}-flipped-{copy:02}.{ending}"), move || {
                let mut bytes = sound();
                random::flip_bits(&mut bytes, seed ^ copy, 1 + copy as usize % 12);
                bytes
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::corpus;

    #[test]
    fn the_corpus_holds_three_hundred_different_files_and_repeats_from_its_seed() {
        let (first, second) = (corpus(7), corpus(7));
        let names: HashSet<&str> = first.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names.len(), first.len(), "names differ");
        assert!(first.len() >= 300, "{} files", first.len());
        for (one, other) in first.iter().zip(&second).step_by(29) {
            assert_eq!(one.bytes(), other.bytes(), "{}", one.name);
        }
    }
}
