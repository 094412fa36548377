//! Working-day arithmetic, England and Wales.
