//! What this viewer may see. No query on a council's things runs without one.

use vocabulary::id::{CouncilId, UserId};

/// The classes of data, by how much harm their disclosure could do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataClass {
    /// Published documents.
    Published,
    /// The programme: obligations, plan, minutes.
    Programme,
    /// Figures before disclosure control.
    Aggregates,
    /// Pseudonymous children.
    PseudonymousChildren,
    /// Identifiable children.
    IdentifiableChildren,
    /// Sealed records of children.
    SealedChildren,
    /// Identifiable staff.
    Workforce,
    /// Logs and access reviews.
    Secrets,
}

/// A council, the classes of data in it, and the teams whose children one viewer may see.
///
/// Only the authoriser in `service` grants a scope; `cargo xtask tidy` fails on any other caller of [`Scope::granted`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    council: CouncilId,
    viewer: UserId,
    classes: Vec<DataClass>,
    teams: Option<Vec<String>>,
}

impl Scope {
    /// The scope that the authoriser decided.
    pub fn granted(council: CouncilId, viewer: UserId, classes: Vec<DataClass>) -> Self {
        Self { council, viewer, classes, teams: None }
    }

    /// The same, with the children of these teams only.
    #[must_use]
    pub fn of_teams(self, teams: Vec<String>) -> Self {
        Self { teams: Some(teams), ..self }
    }

    /// Whether the children of a team are in it; a child whose team the extract does not give belongs to none.
    pub fn holds_team(&self, team: Option<&str>) -> bool {
        match &self.teams {
            None => true,
            Some(teams) => team.is_some_and(|team| teams.iter().any(|own| own == team)),
        }
    }

    /// The teams it is for; none when it is for the whole council.
    pub fn teams(&self) -> Option<&[String]> {
        self.teams.as_deref()
    }

    /// The council.
    pub fn council(&self) -> CouncilId {
        self.council
    }

    /// Who looks.
    pub fn viewer(&self) -> UserId {
        self.viewer
    }

    /// Whether data of a class may be shown.
    pub fn allows(&self, class: DataClass) -> bool {
        self.classes.contains(&class)
    }
}
