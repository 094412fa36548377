//! The people of the world: one for each role, and accounts that can really sign in.

use jiff::Timestamp;
use service::Role;
use vocabulary::id::UserId;

/// The password of every account of the world.
pub const PASSWORD: &str = "seven quiet herons by the weir";

/// An account that can sign in, with what its owner knows.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whose it is.
    pub person: UserId,
    /// The sign-in name.
    pub email: String,
    /// The role it was made with.
    pub role: Role,
    /// The secret in its owner's authenticator.
    pub totp_secret: Vec<u8>,
}

impl Account {
    /// The code that its owner's authenticator shows at a moment.
    pub fn code_at(&self, at: Timestamp) -> String {
        let totp = totp_rs::Builder::new().with_secret(self.totp_secret.clone()).build();
        let seconds = u64::try_from(at.as_second()).expect("tests happen after 1970");
        totp.expect("the secret has 20 bytes").generate(seconds).to_string()
    }
}

/// The name of the person who holds a role in the world.
pub(crate) fn name_of(role: Role) -> &'static str {
    match role {
        Role::Director => "Amara Whitlock",
        Role::HeadOfService => "Gwen Parry",
        Role::TeamManager => "Idris Vaughan",
        Role::SocialWorker => "Nell Harker",
        Role::Auditor => "Tobias Wren",
        Role::Moderator => "Leila Marsh",
        Role::Analyst => "Oskar Lind",
        Role::DataSteward => "Bea Fairclough",
        Role::ProgrammeManager => "Priya Sandhu",
        Role::ElectedMember => "Councillor Joan Thackray",
        Role::Chair => "Dame Ruth Ellery",
        Role::Adviser => "Colin Mbeki",
        Role::DepartmentOfficial => "Hannah Osei",
        Role::MinistersOffice => "Private Office",
        Role::Partner => "Superintendent Ravi Nair",
        Role::Reviewer => "Siobhan Keane",
        Role::Inspector => "Martin Dale",
        Role::ChildrenInCareCouncil => "Jo, Children in Care Council",
        Role::PrivacyOfficer => "Esther Blum",
        Role::Administrator => "Sam Okoro",
    }
}
