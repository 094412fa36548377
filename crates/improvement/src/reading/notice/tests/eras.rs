//! Synthetic notices and directions of each era, in our own words, with the register they should give.
