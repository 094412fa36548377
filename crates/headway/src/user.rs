//! `headway user`: the first administrator, and the accounts of an installation, on the machine itself.

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use service::{Role, Service};
use store::{Person, RoleGrant};

use crate::installation::{self, open, open_existing, refused};
use crate::log::Place;

const EXAMPLE: &str = "\
Example:
  headway user add --data DIR --council \"Northmoor Council\" --email sam@northmoor.example --name \"Sam Okoro\"
  headway user list --data DIR

The first account of a council is its administrator's; they invite everybody else from the page People and access.";

/// Founds a council with its first administrator, or lists accounts.
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub struct UserCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Sets up a council and invites its first administrator.
    Add {
        #[command(flatten)]
        place: Place,
        /// The council's name; it must be new.
        #[arg(long)]
        council: String,
        /// Whom to ask about accessibility and privacy.
        #[arg(long, default_value = "")]
        contact: String,
        /// The administrator's e-mail address.
        #[arg(long)]
        email: String,
        /// The administrator's name.
        #[arg(long)]
        name: String,
    },
    /// Lists accounts and their roles.
    List {
        #[command(flatten)]
        place: Place,
    },
    /// Stops an account; its sessions end at once.
    Disable {
        #[command(flatten)]
        place: Place,
        /// The account's e-mail address.
        email: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

impl UserCommand {
    /// Runs it, and says how it went.
    pub fn run(&self) -> ExitCode {
        installation::run(self.perform()).unwrap_or_else(|error| refused(&error))
    }

    async fn perform(&self) -> Result<ExitCode> {
        match &self.what {
            What::Add { place, council, contact, email, name } => {
                let service = open(place.data.as_deref(), place.database_url.as_deref()).await?;
                let founded = service.found_council(council, contact, (email, name)).await?;
                eprintln!("{name} sets up their account at this path of Headway within 7 days:");
                println!("/invitation/{}", founded.invitation);
            }
            What::List { place } => {
                let service = open_existing(place.data.as_deref(), place.database_url.as_deref()).await?;
                list(&service).await?;
            }
            What::Disable { place, email, reason } => {
                let service = open_existing(place.data.as_deref(), place.database_url.as_deref()).await?;
                disable(&service, email, reason).await?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(service: &Service) -> Result<()> {
    let grants = service.store.grants().await?;
    for person in service.store.people().await? {
        let roles: Vec<&str> = grants
            .iter()
            .filter(|grant| grant.person == person.id && grant.revoked_at.is_none())
            .map(|grant| grant.role.as_str())
            .collect();
        println!(
            "{}\t{}\t{}\t{}",
            person.email,
            person.name,
            Service::account_word(&person),
            roles.join(", ")
        );
    }
    Ok(())
}

async fn disable(service: &Service, email: &str, reason: &str) -> Result<()> {
    let people = service.store.people().await?;
    let person = people.iter().find(|person| person.email == email.trim().to_lowercase());
    let person = person.context("nobody has an account with this address: see headway user list")?;
    let Some(council) = council_of(service, person).await? else {
        bail!("this account has no role in any council, so it opens nothing already");
    };
    let actor = service::Actor::trusted(Service::PROGRAM, "Command line", Role::Administrator, council);
    let act = service::acts::SwitchAccount {
        person: person.id,
        version: person.version,
        enabled: false,
        reason: reason.to_owned(),
    };
    let key = service::IdempotencyKey(service.chance.secret()?);
    service.perform(&actor, &key, act).await?;
    println!("Stopped the account of {}.", person.name);
    Ok(())
}

async fn council_of(service: &Service, person: &Person) -> Result<Option<vocabulary::id::CouncilId>> {
    let grants: Vec<RoleGrant> = service.store.grants().await?;
    Ok(grants.into_iter().find(|grant| grant.person == person.id).map(|grant| grant.council))
}
