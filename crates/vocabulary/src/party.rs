//! Who a duty falls on, or is owed to.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A party to an intervention, named in the field's words and lower case: `council`, `board`, `chair`.
///
/// The set is open, because documents of other eras name other parties (a commissioner, a trust).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Party(pub Cow<'static, str>);

impl Party {
    /// The local authority the document is addressed to.
    pub const COUNCIL: Self = Self(Cow::Borrowed("council"));
    /// The improvement board.
    pub const BOARD: Self = Self(Cow::Borrowed("board"));
    /// The improvement board's independent chair.
    pub const CHAIR: Self = Self(Cow::Borrowed("chair"));
    /// The adviser appointed beside the notice.
    pub const ADVISER: Self = Self(Cow::Borrowed("adviser"));
    /// The commissioner appointed under a direction.
    pub const COMMISSIONER: Self = Self(Cow::Borrowed("commissioner"));
    /// The Department for Education, its officials.
    pub const DEPARTMENT: Self = Self(Cow::Borrowed("department"));
    /// The Secretary of State and junior ministers.
    pub const MINISTERS: Self = Self(Cow::Borrowed("ministers"));
    /// The local safeguarding children board, or the safeguarding partners after it.
    pub const LSCB: Self = Self(Cow::Borrowed("lscb"));
    /// The council's partner agencies.
    pub const PARTNERS: Self = Self(Cow::Borrowed("partners"));
    /// Councillors.
    pub const ELECTED_MEMBERS: Self = Self(Cow::Borrowed("elected members"));
    /// The leader of the council.
    pub const LEADER: Self = Self(Cow::Borrowed("leader of the council"));
    /// Managers in children's services.
    pub const MANAGERS: Self = Self(Cow::Borrowed("managers"));
    /// The inspectorate.
    pub const OFSTED: Self = Self(Cow::Borrowed("ofsted"));

    /// A party by any name.
    pub fn named(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// The name as stored and printed in registers.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
