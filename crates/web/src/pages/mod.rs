//! The pages, a folder an area, a file a page: its view, its template's struct, its handler, its form.

pub mod duties;
pub mod intervention;
pub mod meetings;
pub mod notices;
