//! Ids: 128 random bits, written as 32 hexadecimal digits. One type per kind of thing.

/// Declares id types that differ only in what they identify.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),* $(,)?) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u128);

        impl $name {
            /// Reads the 32 hexadecimal digits that the id displays.
            pub fn parse(text: &str) -> Option<Self> {
                parse(text).map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({:032x})"), self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an id of 32 hexadecimal digits"))
            }
        }
    )* };
}

fn parse(text: &str) -> Option<u128> {
    let digits = text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if digits { u128::from_str_radix(text, 16).ok() } else { None }
}

ids! {
    /// One local authority.
    CouncilId,
    /// One intervention in a council.
    EpisodeId,
    /// A document with authority.
    InstrumentId,
    /// A span of an instrument.
    ClauseId,
    /// A duty that can be evidenced on its own.
    ObligationId,
    /// A dated event a clock runs from.
    AnchorId,
    /// One due instance of an obligation.
    OccurrenceId,
    /// A change of cadence or deadline.
    VariationId,
    /// A question the reader would not guess the answer of.
    QuestionId,
    /// A meeting of a body.
    MeetingId,
    /// A body with members and a cadence.
    BodyId,
    /// A person with an account.
    UserId,
    /// A dated grant of a role or of access.
    GrantId,
    /// A signed-in session.
    SessionId,
    /// A calendar feed with a secret address.
    FeedId,
    /// A token of the JSON interface, of one purpose.
    TokenId,
    /// One performed act.
    ActId,
    /// What the plan wants to be different for children.
    ObjectiveId,
    /// Something that somebody does under an objective of the plan.
    PlanActionId,
    /// Something that may go wrong in the programme, or has.
    RiskId,
    /// A partner agency.
    PartnerId,
    /// One load of one collection.
    SnapshotId,
    /// A child, by a random id that says nothing of them.
    ChildId,
    /// What a measure is to reach and by when.
    MeasureTargetId,
    /// What somebody says of a measure's month.
    MeasureCommentId,
    /// A new baseline of a measure's chart.
    ChartRebaseId,
    /// A tracker held against the extracts.
    ReconciliationId,
    /// A stored file, addressed elsewhere by its hash.
    AttachmentId,
}
