//! `linkdesk demo`: everything on one machine, in a temporary folder, with a UKG Pro that is made up.
//!
//! The simulator is reached through `LINKDESK_UKG_RESOLVE`, as a test's would be: the rules about which hosts may be
//! called are those of a real installation.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use domain::{CustomerName, EmailAddress, Language, Permission, PermissionSet, Role, Secret};
use services::{Entropy as _, NewInvite, Operator};
use tokio::net::TcpListener;
use ukg_simulator::{Scenarios, Simulator, demo_resolve};
use url::Url;
use vault::Keyring;

use super::{output, simulator};
use crate::adapters::SystemEntropy;
use crate::config::{Config, Source};
use crate::logging;
use crate::startup::{Application, Deps};

const OWNER: &str = "owner@northwind.example";
const MAIL_FROM: &str = "linkdesk@northwind.example";
const TWO_WEEKS: i64 = 14 * 86_400;

/// Serves until it is interrupted; the folder goes with it.
pub async fn run(source: Source) -> Result<()> {
    let folder = DemoFolder::new()?;
    let scenarios = Scenarios::demo();
    let accounts = simulator::accounts(&scenarios);
    let simulator = Simulator::start(SocketAddr::from(([127, 0, 0, 1], 0)), scenarios).await?;
    let config = settings(source, &folder, &simulator)?;
    logging::start(&config.log)?;
    let application = Application::build(&config, Deps::real(&config)?).await?;
    let listener = TcpListener::bind(config.addr).await.with_context(|| {
        format!(
            "could not listen on {}: is another program using it? LINKDESK_ADDR chooses another",
            config.addr
        )
    })?;
    let password = welcome(&application, &config, &folder.mail()).await?;
    output::line(&accounts)?;
    output::line(&password)?;
    let served = application.serve(listener).await;
    simulator.stop().await;
    served
}

/// Makes the owner and an invite, and says how to use them.
async fn welcome(application: &Application, config: &Config, mail: &Path) -> Result<String> {
    let operator = Operator::at_command_line();
    let password = password()?;
    let email = EmailAddress::parse(OWNER)?;
    application.services.add_staff(operator, email, Role::Owner, Secret::new(password.clone())).await?;
    let invite = NewInvite {
        customer: CustomerName::parse("Contoso Health")?,
        contact: Some(EmailAddress::parse("hr-admin@contoso.example")?),
        permissions: PermissionSet::new(&[
            Permission::PtoPlanIntegration,
            Permission::CompanyConfigurationIntegration,
            Permission::EmployeePayStatement,
        ]),
        valid_seconds: TWO_WEEKS,
        reference: None,
        language: Language::default(),
        note: None,
        remind: None,
    };
    let created = application.services.create_invite(operator, invite).await?;
    let url = config.public_url.as_str();
    Ok(format!(
        "The customer's administrator opens   {url}/i/{}\nWeb Services URL for the simulator   \
         http://service4.ultipro.com/services/LoginService\nStaff sign in at                     {url}/sign-in\n\
         Email                                {OWNER}\nPassword                             {password}\n\
         Mails land in                        {}\n",
        created.token.expose(),
        mail.display()
    ))
}

fn settings(source: Source, folder: &DemoFolder, simulator: &Simulator) -> Result<Config> {
    let key = folder.0.join("master.key");
    Keyring::create_file(&key)?;
    let ca = folder.0.join("ukg-ca.pem");
    std::fs::write(&ca, simulator.ca_pem()).with_context(|| format!("could not write {}", ca.display()))?;
    let mail = Url::from_directory_path(folder.mail())
        .map_err(|()| anyhow!("{} cannot be written as an address", folder.mail().display()))?;
    let resolve: Vec<String> =
        demo_resolve(simulator.address()).iter().map(|(host, address)| format!("{host}={address}")).collect();
    let company = source.optional("LINKDESK_COMPANY_NAME").unwrap_or_else(|| "Northwind Learning".to_owned());
    let source = source
        .with("LINKDESK_COMPANY_NAME", company)
        .with("LINKDESK_DATABASE_URL", format!("sqlite://{}", folder.0.join("demo.db").display()))
        .with("LINKDESK_MASTER_KEY_FILE", key.display().to_string())
        // Whatever is set: nothing made up may reach a real mailbox.
        .with("LINKDESK_SMTP_URL", mail.to_string())
        .with("LINKDESK_MAIL_FROM", MAIL_FROM.to_owned())
        .with("LINKDESK_UKG_CA_FILE", ca.display().to_string())
        .with("LINKDESK_UKG_RESOLVE", resolve.join(","));
    Config::from_source(&source)
}

/// A password nobody has to invent, from letters and digits that cannot be mixed up.
fn password() -> Result<String> {
    const SIGNS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 16];
    SystemEntropy.fill(&mut bytes)?;
    let sign = |byte: &u8| SIGNS.get(usize::from(*byte) % SIGNS.len()).copied().map_or('x', char::from);
    Ok(bytes.iter().map(sign).collect())
}

/// A folder of our own in the system's temporary one, removed at the end.
struct DemoFolder(PathBuf);

impl DemoFolder {
    fn new() -> Result<Self> {
        let mut name = [0_u8; 8];
        SystemEntropy.fill(&mut name)?;
        let path = std::env::temp_dir().join(format!("linkdesk-demo-{}", hex::encode(name)));
        std::fs::create_dir(&path)
            .with_context(|| format!("could not make the folder {}", path.display()))?;
        Ok(Self(path))
    }

    /// Where mails are written; made when mail is set up.
    fn mail(&self) -> PathBuf {
        self.0.join("mail")
    }
}

impl Drop for DemoFolder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "could not remove the demo's folder");
        }
    }
}
