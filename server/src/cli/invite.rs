//! `linkdesk invite create`: prints the invite's address, and nothing else.

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use domain::{
    CustomerName, EmailAddress, Language, LinkId, Permission, PermissionSet, Reference, RemindAfter,
    WelcomeNote,
};
use services::{NewInvite, Operator};

use super::output;
use crate::config::Config;
use crate::config::duration;
use crate::startup::Application;

/// Invites.
#[derive(Debug, Subcommand)]
pub enum InviteCommand {
    /// Makes a link for a customer, or another invite to a link, and prints the invite's address.
    Create(CreateArgs),
    /// Withdraws every invite to a link and ends the sessions that came from them.
    Revoke {
        /// The link's id.
        #[arg(long)]
        link: LinkId,
    },
}

/// What an invite is made from.
#[derive(Debug, Args)]
pub struct CreateArgs {
    /// The customer.
    #[arg(long, value_parser = |text: &str| CustomerName::entered(text), required_unless_present = "link")]
    customer: Option<CustomerName>,
    /// A link that exists: a new invite to it, when the last one ran out. What was saved stays saved.
    #[arg(long, conflicts_with_all = ["customer", "email", "permissions", "reference", "language", "note", "remind"])]
    link: Option<LinkId>,
    /// Whom it is for.
    #[arg(long, value_parser = |text: &str| EmailAddress::entered(text))]
    email: Option<EmailAddress>,
    /// A permission to ask for; may be given several times. `employee_person_details` is always asked for.
    #[arg(long = "permission", value_name = "SLUG")]
    permissions: Vec<Permission>,
    /// Your own name for it, such as a ticket's number; the customer does not see it.
    #[arg(long, value_parser = |text: &str| Reference::entered(text))]
    reference: Option<Reference>,
    /// The language its administrator is written to in: en.
    #[arg(long, value_name = "TAG")]
    language: Option<Language>,
    /// A note on the invite's first page. Plain text; may hold line breaks.
    #[arg(long, value_parser = |text: &str| WelcomeNote::parse(text))]
    note: Option<WelcomeNote>,
    /// Remind her by mail, at most twice, after 3 or 7 days without progress.
    #[arg(long, value_name = "DAYS", requires = "email")]
    remind: Option<RemindAfter>,
    /// How long it lets somebody in: a number and d, h or m.
    #[arg(long, default_value = "14d", value_parser = seconds)]
    expires_in: i64,
}

/// Runs the command.
pub async fn run(command: InviteCommand, config: &Config, application: Application) -> Result<()> {
    let operator = Operator::at_command_line();
    let args = match command {
        InviteCommand::Create(args) => args,
        InviteCommand::Revoke { link } => {
            let revoked = application.services.revoke_invites(operator, link).await?;
            return output::line(&format!("{revoked} withdrawn"));
        }
    };
    let created = match (args.link, args.customer) {
        (Some(link), _) => {
            let again = application.services.invite_again(operator, link, args.expires_in).await;
            again.context("could not make the invite")?.with_context(|| format!("there is no link {link}"))?
        }
        (None, Some(customer)) => {
            let new = NewInvite {
                customer,
                contact: args.email,
                permissions: PermissionSet::new(&args.permissions),
                valid_seconds: args.expires_in,
                reference: args.reference,
                language: args.language.unwrap_or_default(),
                note: args.note,
                remind: args.remind,
            };
            application.services.create_invite(operator, new).await.context("could not make the invite")?
        }
        (None, None) => bail!("--customer or --link is needed"),
    };
    output::line(&format!("{}/i/{}", config.public_url.as_str(), created.token.expose()))
}

/// `14d`, `36h` or `90m` in seconds.
fn seconds(text: &str) -> Result<i64> {
    let millis = duration::millis(text);
    millis
        .map(|millis| millis / 1_000)
        .context("a duration looks like 14d, 36h or 90m, and is at most a year")
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn durations_are_read_or_refused() {
        assert_eq!(seconds("14d").unwrap(), 1_209_600);
        assert_eq!(seconds("90m").unwrap(), 5_400);
        for text in ["", "d", "14", "-1d", "0h", "14x", "99999999999999999999d", "1 d", "é"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
