//! The pages people use: routes, forms, templates and the look.

pub mod application;
pub mod assets;
pub mod components;
pub mod done;
pub mod errors;
pub mod fields;
pub mod guard;
pub mod layout;
pub mod pages;
pub mod routes;
pub mod state;
pub mod viewer;
