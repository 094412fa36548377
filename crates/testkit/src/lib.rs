//! What tests share: a small world with a council, its people and a notice in words of our own and, in `hostile`,
//! files made to break a reader.

mod database;
mod extract;
mod folder;
pub mod hostile;
mod notice;
mod people;
mod world;

pub use database::{TestDatabase, programme_scope, test_server};
pub use extract::{NORTH_TEAM, SOUTH_TEAM, assessments_of_two_teams, concern_of_exploitation};
pub use folder::TemporaryFolder;
pub use notice::{NoticeText, notice, revised_notice};
pub use people::{Account, PASSWORD};
pub use world::{World, seen};
