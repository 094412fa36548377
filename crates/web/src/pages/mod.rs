//! The pages, a folder an area, a file a page: its view, its template's struct, its handler, its form.

pub mod account;
pub mod duties;
pub mod entry;
pub mod feeds;
pub mod help;
pub mod home;
pub mod intervention;
pub mod meetings;
pub mod notices;
pub mod people;
pub mod plan;
pub mod practice;
pub mod records;
pub mod search;
