//! The pages people use: routes, forms, templates and the look.

pub mod assets;
pub mod components;
pub mod layout;
