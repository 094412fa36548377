//! The pages people use: routes, forms, templates and the look.

pub mod application;
pub mod assets;
pub mod components;
pub mod done;
pub mod errors;
pub mod fields;
pub mod guard;
pub mod layout;
pub mod openapi;
pub mod pages;
pub mod routes;
pub mod state;
#[cfg(test)]
mod trial;
pub mod upload;
pub mod viewer;
