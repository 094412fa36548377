//! What tests share: made-up councils and, in `hostile`, files made to break a reader.

pub mod hostile;
