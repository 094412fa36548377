//! The whole program from outside, one module a command.

mod read;
