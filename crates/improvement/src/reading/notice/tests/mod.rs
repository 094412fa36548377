//! The reader as a whole: the seeds' register, synthetic notices of each era, and texts of any kind.

mod any_text;
mod eras;
mod every_sentence;
mod seeds;
