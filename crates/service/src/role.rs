//! The roles people act in, as the access policies name them.

use store::RoleGrant;

/// A role. Its name is the one printed on pages and used in the policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Director of children's services.
    Director,
    /// Head of service.
    HeadOfService,
    /// Team manager.
    TeamManager,
    /// Social worker, reviewing officer or conference chair.
    SocialWorker,
    /// Case-file auditor.
    Auditor,
    /// Moderator of audits.
    Moderator,
    /// Performance analyst.
    Analyst,
    /// Data steward.
    DataSteward,
    /// Improvement programme manager.
    ProgrammeManager,
    /// Leader, lead member, scrutiny or corporate parenting member.
    ElectedMember,
    /// Independent chair of the improvement board.
    Chair,
    /// Adviser.
    Adviser,
    /// Official of the Department, participant observer.
    DepartmentOfficial,
    /// The minister's office.
    MinistersOffice,
    /// Member of a partner agency.
    Partner,
    /// Peer or diagnostic reviewer for a limited time.
    Reviewer,
    /// Inspector.
    Inspector,
    /// Children in Care Council.
    ChildrenInCareCouncil,
    /// Caldicott Guardian or privacy officer.
    PrivacyOfficer,
    /// System administrator.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 20] = [
        Self::Director,
        Self::HeadOfService,
        Self::TeamManager,
        Self::SocialWorker,
        Self::Auditor,
        Self::Moderator,
        Self::Analyst,
        Self::DataSteward,
        Self::ProgrammeManager,
        Self::ElectedMember,
        Self::Chair,
        Self::Adviser,
        Self::DepartmentOfficial,
        Self::MinistersOffice,
        Self::Partner,
        Self::Reviewer,
        Self::Inspector,
        Self::ChildrenInCareCouncil,
        Self::PrivacyOfficer,
        Self::Administrator,
    ];

    /// Its name in the policies and in grants.
    pub fn name(self) -> &'static str {
        match self {
            Self::Director => "director of children's services",
            Self::HeadOfService => "head of service",
            Self::TeamManager => "team manager",
            Self::SocialWorker => "social worker",
            Self::Auditor => "case-file auditor",
            Self::Moderator => "moderator",
            Self::Analyst => "performance analyst",
            Self::DataSteward => "data steward",
            Self::ProgrammeManager => "programme manager",
            Self::ElectedMember => "elected member",
            Self::Chair => "independent chair",
            Self::Adviser => "adviser",
            Self::DepartmentOfficial => "department official",
            Self::MinistersOffice => "minister's office",
            Self::Partner => "partner agency member",
            Self::Reviewer => "time-limited reviewer",
            Self::Inspector => "inspector",
            Self::ChildrenInCareCouncil => "children in care council",
            Self::PrivacyOfficer => "privacy officer",
            Self::Administrator => "system administrator",
        }
    }

    /// The name with a capital, for lists.
    pub fn title(self) -> String {
        vocabulary::words::sentence_case(self.name())
    }

    /// A short word for addresses and scripts (`programme-manager`).
    pub fn slug(self) -> String {
        self.name().replace('\'', "").replace(' ', "-")
    }

    /// The role of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether the role reads the programme: the duties, calendar, meetings and what came of them.
    pub fn reads_programme(self) -> bool {
        !matches!(
            self,
            Self::SocialWorker | Self::MinistersOffice | Self::ChildrenInCareCouncil | Self::Administrator
        )
    }

    /// Whether the role reads figures before disclosure control.
    pub fn reads_aggregates(self) -> bool {
        matches!(
            self,
            Self::Director
                | Self::HeadOfService
                | Self::TeamManager
                | Self::Moderator
                | Self::Analyst
                | Self::DataSteward
                | Self::ProgrammeManager
                | Self::Chair
                | Self::Adviser
                | Self::DepartmentOfficial
                | Self::Reviewer
                | Self::Inspector
        )
    }

    /// Whether the role sees the children of the teams that its grant names, and no others.
    pub fn is_for_teams(self) -> bool {
        matches!(self, Self::HeadOfService | Self::TeamManager)
    }

    /// Whether a grant of the role may open sealed records of children, for a time (security rules, section 2: the
    /// roles with a G in the column C5 that see children at all).
    pub fn may_open_sealed(self) -> bool {
        matches!(self, Self::Director | Self::HeadOfService | Self::TeamManager)
    }

    /// Whether a second person must approve a grant of this role before it counts: it opens more than the programme,
    /// approves what others prepared, or decides about others' access.
    pub fn needs_approval(self) -> bool {
        matches!(
            self,
            Self::Director
                | Self::HeadOfService
                | Self::TeamManager
                | Self::SocialWorker
                | Self::Auditor
                | Self::Moderator
                | Self::Analyst
                | Self::DataSteward
                | Self::Chair
                | Self::DepartmentOfficial
                | Self::Inspector
                | Self::Reviewer
                | Self::PrivacyOfficer
                | Self::Administrator
        )
    }

    /// The longest grant, in days, where the role is time-limited; 14 days when none is named.
    pub fn longest_grant_days(self) -> Option<i32> {
        matches!(self, Self::Reviewer | Self::Inspector).then_some(90)
    }
}

/// A grant's role, and that it opens sealed records where it does.
pub fn role_in_words(grant: &RoleGrant) -> String {
    if grant.sealed { format!("{}, with sealed records", grant.role) } else { grant.role.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_reads_back_from_its_name() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
        }
    }
}
