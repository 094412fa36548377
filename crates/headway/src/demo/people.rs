//! The people of the demonstration, one for each role that matters here. All of them are invented.

use std::path::Path;

use anyhow::{Context as _, Result};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::json;
use service::{Actor, Chance, Role};
use vocabulary::id::CouncilId;

use super::Demonstration;

/// An account of the demonstration.
#[derive(Clone, Debug)]
pub struct Account {
    /// Acts for the story.
    pub actor: Actor,
    email: String,
    password: String,
    totp_secret: String,
}

const PEOPLE: [(Role, &str, &str); 12] = [
    (Role::ProgrammeManager, "Amara Whitfield", "Improvement programme manager"),
    (Role::Director, "Geraint Moss", "Director of children's services"),
    (Role::Chair, "Dame Ruth Okafor", "Independent chair of the improvement board"),
    (Role::DepartmentOfficial, "Callum Reyes", "Case officer, Department for Education"),
    (Role::Adviser, "Helen Brandt", "Adviser"),
    (Role::ElectedMember, "Councillor Priya Nair", "Lead member for children"),
    (Role::Partner, "Sergeant Tom Ellery", "Northmoor police"),
    (Role::Analyst, "Wei Zhang", "Performance analyst"),
    (Role::TeamManager, "Joanna Adeyemi", "Team manager, Safeguarding South"),
    (Role::Auditor, "Kofi Mensah", "Case-file auditor"),
    (Role::PrivacyOfficer, "Ines Duarte", "Caldicott Guardian"),
    (Role::Administrator, "Robin Hale", "System administrator"),
];

/// The teams of the team manager, as the invented extracts name them.
const OWN_TEAMS: [&str; 2] = ["Safeguarding South", "Looked After South"];

/// Makes the council and everybody's account.
pub async fn make(service: &Demonstration, seed: u64, today: Date) -> Result<Vec<Account>> {
    let founded = service
        .found_council(
            "Northmoor Council (demonstration)",
            "the improvement programme office, improvement@northmoor.example",
            ("setup@northmoor.example", "Setting-up account"),
        )
        .await?;
    let chance = Chance::seeded(seed ^ 0x6865_6164_7761_7921);
    let mut accounts = Vec::new();
    for (role, name, post) in PEOPLE {
        accounts.push(account(service, &chance, (founded.council, today), role, name, post).await?);
    }
    Ok(accounts)
}

async fn account(
    service: &Demonstration,
    chance: &Chance,
    (council, today): (CouncilId, Date),
    role: Role,
    name: &str,
    post: &str,
) -> Result<Account> {
    let email = format!("{}@northmoor.example", role.slug());
    let mut person = service.new_person(&email, name, post)?;
    let password = password(chance)?;
    let secret = chance.bytes::<20>()?;
    let own_teams: &[&str] = if role.is_for_teams() { &OWN_TEAMS } else { &[] };
    let teams: Vec<String> = own_teams.iter().map(|&team| team.to_owned()).collect();
    let grant = service.founding_grant(&person, council, role)?;
    let grant = store::RoleGrant { teams: teams.clone(), ..grant };
    let mut grants = vec![grant];
    if role == Role::Director {
        grants.push(store::RoleGrant {
            sealed: true,
            from_day: today,
            to_day: Some(today.saturating_add(14.days())),
            sponsor: "The chief executive".to_owned(),
            purpose: "Weekly meeting on children at risk of exploitation".to_owned(),
            ..service.founding_grant(&person, council, role)?
        });
    }
    service.demonstration_account(&mut person, (&password, &secret), &grants).await?;
    let actor = Actor::trusted(person.id, name, role, council).of_teams(teams);
    Ok(Account { actor, email, password, totp_secret: base32(&secret) })
}

/// A password that can be typed: four short words of syllables.
fn password(chance: &Chance) -> Result<String> {
    const SYLLABLES: [&str; 16] = [
        "ba", "den", "fi", "gor", "hal", "ka", "lum", "mi", "nor", "pel", "quo", "ri", "sot", "tav", "wen",
        "zu",
    ];
    let bytes = chance.bytes::<8>()?;
    let syllable = |byte: u8| SYLLABLES[usize::from(byte % 16)];
    let words: Vec<String> =
        bytes.chunks(2).map(|pair| pair.iter().map(|byte| syllable(*byte)).collect()).collect();
    Ok(words.join("-"))
}

/// The alphabet of authenticator secrets (RFC 4648), without padding.
pub fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut text, mut bits, mut held) = (String::new(), 0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(ALPHABET[(held >> bits) as usize & 31]));
        }
    }
    if bits > 0 {
        text.push(char::from(ALPHABET[(held << (5 - bits)) as usize & 31]));
    }
    text
}

/// Prints the address and one sign-in for each role.
pub fn print(accounts: &[Account], address: Option<&str>) {
    if let Some(address) = address {
        println!("Headway is ready: {address}");
        println!();
    }
    println!(
        "Sign in as one of these people. The page that asks for a code shows it, because this is a demonstration."
    );
    println!();
    println!("{:<34}{:<52}{:<34}authenticator secret", "role", "e-mail address", "password");
    for account in accounts {
        println!(
            "{:<34}{:<52}{:<34}{}",
            account.actor.role.name(),
            account.email,
            account.password,
            account.totp_secret
        );
    }
    if address.is_some() {
        println!();
        println!("Press Ctrl+C to stop.");
    }
}

/// Writes the address and the accounts for scripts.
pub fn write(file: &Path, address: &str, accounts: &[Account]) -> Result<()> {
    let account = |account: &Account| {
        json!({
            "role": account.actor.role.slug(),
            "name": account.actor.name,
            "email": account.email,
            "password": account.password,
            "totp_secret": account.totp_secret,
        })
    };
    let all: Vec<_> = accounts.iter().map(account).collect();
    let text = serde_json::to_string_pretty(&json!({ "address": address, "accounts": all }))?;
    service::write_private(file, text.as_bytes())
        .with_context(|| format!("the accounts cannot be written to {}", file.display()))
}

/// The account that acts in a role.
pub fn acting(accounts: &[Account], role: Role) -> Result<&Actor> {
    let found = accounts.iter().find(|account| account.actor.role == role);
    Ok(&found.with_context(|| format!("the demonstration has no {}", role.name()))?.actor)
}
