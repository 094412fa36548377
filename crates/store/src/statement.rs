//! The registry of statements: every SQL text of the program is a constant here or in the file of its thing, and a test
//! prepares each on both engines.

/// One statement, with its text for each engine (usually the same: both take `$1`).
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// Its name, for errors and the preparation test.
    pub name: &'static str,
    /// Its text for SQLite.
    pub sqlite: &'static str,
    /// Its text for PostgreSQL.
    pub postgres: &'static str,
}

/// Declares statements and the list `STATEMENTS` of this file.
macro_rules! statements {
    ($($name:ident = $text:tt;)*) => {
        $( const $name: $crate::statement::Statement = $crate::statement::text!($name, $text); )*
        pub(crate) const STATEMENTS: &[$crate::statement::Statement] = &[$($name),*];
    };
}

macro_rules! text {
    ($name:ident, { sqlite: $sqlite:expr, postgres: $postgres:expr }) => {
        $crate::statement::Statement { name: stringify!($name), sqlite: $sqlite, postgres: $postgres }
    };
    ($name:ident, $text:tt) => {
        $crate::statement::Statement { name: stringify!($name), sqlite: $text, postgres: $text }
    };
}

pub(crate) use {statements, text};
