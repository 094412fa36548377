//! Lists as the bytes of files.

pub mod comma_separated;
pub mod document;
pub mod manifest;
pub mod workbook;
