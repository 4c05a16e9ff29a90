//! The application on a temporary folder, and the people who use it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use domain::{CustomerName, EmailAddress, Language, LinkId, Permission, PermissionSet, Role, Secret};
use server::config::{Config, DatabaseUrl, Source};
use server::health::Health;
use server::startup::{Application, Deps};
use services::{NewInvite, Operator, Services};
use storage::JobKind;
use tempfile::TempDir;
use vault::Keyring;

use super::fakes::{RepeatableEntropy, StoppedClock};
use super::{
    Answer, Browser, Dump, FakeMailer, FakeUkg, KEY, PASSWORD, STAFF_PASSWORD, TestDatabase, URL, USERNAME,
};

/// How long an invite lets somebody in, unless the test says otherwise.
const TWO_WEEKS: i64 = 14 * 86_400;

/// The application.
pub struct TestApp {
    pub router: Router,
    pub services: Services,
    pub health: Health,
    pub clock: Arc<StoppedClock>,
    pub ukg: Arc<FakeUkg>,
    mailer: Option<Arc<FakeMailer>>,
    folder: Arc<TempDir>,
    pub database: Arc<TestDatabase>,
    config: Config,
    seed: u64,
}

/// A colleague in front of the one step that was handed to her.
pub struct Colleague {
    pub browser: Browser,
    /// The address she was sent, without scheme and host.
    pub hand: String,
    /// The step's page.
    pub page: String,
}

/// An invite that was made.
#[derive(Clone, Debug)]
pub struct Invite {
    pub link: LinkId,
    pub token: String,
}

/// An administrator who pressed **Start**.
#[derive(Clone)]
pub struct Admin {
    pub browser: Browser,
    pub link: LinkId,
    pub invite: Invite,
    clock: Arc<StoppedClock>,
}

impl TestApp {
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// With these settings besides.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        Self::with_mailer(settings, None).await
    }

    /// With mail set up, and the mail server.
    pub async fn with_mail() -> (Self, Arc<FakeMailer>) {
        let mailer = Arc::new(FakeMailer::default());
        let settings = [("LINKDESK_PUBLIC_URL", "https://link.example.com")];
        (Self::with_mailer(&settings, Some(mailer.clone())).await, mailer)
    }

    async fn with_mailer(settings: &[(&str, &str)], mailer: Option<Arc<FakeMailer>>) -> Self {
        let folder = TempDir::new().unwrap();
        let key = folder.path().join("master.key");
        Keyring::create_file(&key).unwrap();
        let database = TestDatabase::new(folder.path()).await;
        let mut source = Source::of(settings)
            .with("LINKDESK_MASTER_KEY_FILE", key.display().to_string())
            .with("LINKDESK_DATABASE_URL", database.url());
        if source.optional("LINKDESK_COMPANY_NAME").is_none() {
            source = source.with("LINKDESK_COMPANY_NAME", "Northwind Learning".to_owned());
        }
        let config = Config::from_source(&source).unwrap();
        let (clock, ukg) = (Arc::new(StoppedClock::new()), Arc::new(FakeUkg::new()));
        Self::built((Arc::new(folder), Arc::new(database)), config, (clock, ukg, mailer), 1).await
    }

    /// The same folder, clock and mail server after a stop in mid-work, as the program starts. UKG Pro answers as before
    /// and goes on counting what it refuses, but starts anew with the calls.
    pub async fn restarted(&self) -> Self {
        let world = (self.clock.clone(), Arc::new(self.ukg.after_restart()), self.mailer.clone());
        let app = Self::built(
            (self.folder.clone(), self.database.clone()),
            self.config.clone(),
            world,
            self.seed + 1,
        )
        .await;
        app.services.abandon_running_checks().await.unwrap();
        app
    }

    /// The same on another database, which a copy was made into; UKG Pro starts anew with the calls.
    pub async fn on(&self, database: TestDatabase) -> Self {
        let world = (self.clock.clone(), Arc::new(self.ukg.after_restart()), self.mailer.clone());
        let mut config = self.config.clone();
        config.database_url = DatabaseUrl::parse(&database.url()).unwrap();
        Self::built((self.folder.clone(), Arc::new(database)), config, world, self.seed + 1).await
    }

    /// Another server on the same database, with a UKG Pro of its own.
    pub async fn beside(&self) -> Self {
        let world = (self.clock.clone(), Arc::new(FakeUkg::new()), self.mailer.clone());
        Self::built(
            (self.folder.clone(), self.database.clone()),
            self.config.clone(),
            world,
            self.seed + 1000,
        )
        .await
    }

    async fn built(
        (folder, database): (Arc<TempDir>, Arc<TestDatabase>),
        config: Config,
        (clock, ukg, mailer): (Arc<StoppedClock>, Arc<FakeUkg>, Option<Arc<FakeMailer>>),
        seed: u64,
    ) -> Self {
        let entropy = Arc::new(RepeatableEntropy::new(seed));
        let postman = mailer.clone().map(|mailer| mailer as Arc<dyn services::Mailer>);
        let deps = Deps { clock: clock.clone(), entropy, ukg: ukg.clone(), mailer: postman };
        let application = Application::build(&config, deps).await.unwrap();
        let Application { router, services, health, .. } = application;
        Self { router, services, health, clock, ukg, mailer, folder, database, config, seed }
    }

    /// Sends every mail that is owed and due; how many were tried.
    pub async fn mail_goes_out(&self) -> usize {
        let mut tried = 0;
        loop {
            let jobs = self.services.take_jobs(JobKind::Mail, 100).await.unwrap();
            if jobs.is_empty() {
                return tried;
            }
            for job in &jobs {
                self.services.do_job(job).await.unwrap();
            }
            tried += jobs.len();
        }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// As somebody with no cookie.
    pub async fn get(&self, path: &str) -> Answer {
        self.browser().get(path).await
    }

    /// As somebody with no cookie, from our own page.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.browser().post(path, fields).await
    }

    /// An invite for every permission.
    pub async fn invite(&self) -> Invite {
        self.invite_for("Contoso Health", &Permission::ALL, TWO_WEEKS).await
    }

    pub async fn invite_for(&self, customer: &str, asked: &[Permission], valid_seconds: i64) -> Invite {
        self.invite_to(Some("maria@contoso.example"), customer, asked, valid_seconds).await
    }

    pub async fn invite_to(
        &self,
        contact: Option<&str>,
        customer: &str,
        asked: &[Permission],
        valid_seconds: i64,
    ) -> Invite {
        let new = NewInvite {
            customer: CustomerName::parse(customer).unwrap(),
            contact: contact.map(|address| EmailAddress::parse(address).unwrap()),
            permissions: PermissionSet::new(asked),
            valid_seconds,
            reference: None,
            language: Language::default(),
            note: None,
            remind: None,
        };
        let created = self.services.create_invite(Operator::at_command_line(), new).await.unwrap();
        Invite { link: created.link, token: created.token.expose().to_owned() }
    }

    /// Another invite to a link that exists.
    pub async fn invite_again(&self, link: LinkId) -> Invite {
        let created = self.services.invite_again(Operator::at_command_line(), link, TWO_WEEKS).await.unwrap();
        Invite { link, token: created.unwrap().token.expose().to_owned() }
    }

    /// Withdraws the invite.
    pub async fn revoke(&self, invite: &Invite) {
        let revoked = self.services.revoke_invites(Operator::at_command_line(), invite.link).await.unwrap();
        assert_eq!(revoked, 1);
    }

    /// An administrator in front of step 1.
    pub async fn admin(&self) -> Admin {
        self.admin_of(self.invite().await).await
    }

    pub async fn admin_of(&self, invite: Invite) -> Admin {
        let mut browser = self.browser();
        let answer = browser.post(&invite.path(), &[]).await;
        assert!(answer.location().starts_with(&format!("/link/{}", invite.link)));
        Admin { browser, link: invite.link, invite, clock: self.clock.clone() }
    }

    /// An administrator whose three steps are saved and checked with this end.
    pub async fn checked_admin(&self, script: super::Script) -> Admin {
        let mut admin = self.admin().await;
        self.ukg.answers(script);
        admin.save_all().await;
        admin
    }

    /// An administrator whose link is linked, with nobody having asked for more than the required permission.
    pub async fn linked_admin(&self) -> Admin {
        self.checked_admin(super::Script::Linked).await
    }

    /// The address of a step that was handed over, without scheme and host.
    pub async fn handed(&self, admin: &mut Admin, step: &str) -> String {
        let made = admin.post("hand-over", &[("step", step)]).await;
        let text = made.text();
        let token = text.split("/hand/").nth(1).unwrap().split('"').next().unwrap();
        format!("/hand/{token}")
    }

    /// A colleague who pressed **Start** on the step that the administrator handed over.
    pub async fn colleague(&self, admin: &mut Admin, step: &str) -> Colleague {
        let hand = self.handed(admin, step).await;
        let mut browser = self.browser();
        let page = browser.post(&hand, &[]).await.location().to_owned();
        assert_eq!(page, admin.path(&format!("only/{step}")));
        Colleague { browser, hand, page }
    }

    /// A staff member who signed in.
    pub async fn as_staff(&self, role: Role) -> Browser {
        let email = self.staff(role).await;
        let mut browser = self.browser();
        let answer = browser.post("/sign-in", &[("email", &email), ("password", STAFF_PASSWORD)]).await;
        assert_eq!(answer.location(), "/desk");
        browser
    }

    /// A staff account's address; made when it is missing.
    pub async fn staff(&self, role: Role) -> String {
        let email = format!("{role}@northwind.example");
        let password = Secret::new(STAFF_PASSWORD.to_owned());
        let address = EmailAddress::parse(&email).unwrap();
        match self.services.add_staff(Operator::at_command_line(), address, role, password).await {
            Ok(_) | Err(services::AddStaffError::Exists) => email,
            Err(error) => panic!("{error}"),
        }
    }

    /// The database's file; `None` when it has none.
    pub fn database_file(&self) -> Option<PathBuf> {
        match &*self.database {
            TestDatabase::File(file) => Some(file.clone()),
            TestDatabase::Server(_) => None,
        }
    }

    /// The key file.
    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("master.key")
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub async fn dump(&self) -> Dump {
        Dump::of(&self.database).await
    }

    /// One value from the database, as text.
    pub async fn value(&self, sql: &str) -> String {
        self.database.query(sql).await.join(",")
    }

    pub async fn database_bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        self.database.bytes().await
    }

    /// The link's status as it is stored.
    pub async fn stored_status(&self, link: LinkId) -> String {
        self.value(&format!("SELECT status FROM link WHERE id = '{link}'")).await
    }

    /// The envelope of a link's value in a slot, in hexadecimal; empty when there is none.
    pub async fn sealed(&self, link: LinkId, field: &str, slot: &str) -> String {
        let key = format!("link_id = '{link}' AND field = '{field}' AND slot = '{slot}'");
        self.value(&format!("SELECT hex(envelope) FROM sealed_value WHERE {key}")).await
    }

    /// What the desk's page of the link shows to support.
    pub async fn desk(&self, link: LinkId) -> Answer {
        self.as_staff(Role::Support).await.get(&format!("/desk/links/{link}")).await
    }

    /// How many audit entries there are of an action.
    pub async fn audited(&self, action: &str) -> usize {
        self.dump().await.rows_with("audit_entry", &format!("action='{action}'"))
    }
}

impl Invite {
    pub fn path(&self) -> String {
        format!("/i/{}", self.token)
    }
}

impl Colleague {
    pub async fn get(&mut self) -> Answer {
        let page = self.page.clone();
        self.browser.get(&page).await
    }

    pub async fn post(&mut self, fields: &[(&str, &str)]) -> Answer {
        let page = self.page.clone();
        self.browser.post(&page, fields).await
    }
}

impl Admin {
    /// Enters another password, leaving the username as it is.
    pub async fn enter_password(&mut self, password: &str) -> Answer {
        self.post("account", &[("username", ""), ("password", password)]).await
    }

    /// The path of one of this link's pages.
    pub fn path(&self, page: &str) -> String {
        format!("/link/{}/{page}", self.link)
    }

    pub async fn get(&mut self, page: &str) -> Answer {
        let path = self.path(page);
        self.browser.get(&path).await
    }

    /// Sends the page's form. What may start a check comes a millisecond later: no two checks begin at one moment.
    pub async fn post(&mut self, page: &str, fields: &[(&str, &str)]) -> Answer {
        if ["key", "account", "domain", "check", "paste"].contains(&page) {
            self.clock.advance(1);
        }
        let path = self.path(page);
        self.browser.post(&path, fields).await
    }

    /// Fills in all three steps; the last starts the check.
    pub async fn save_all(&mut self) -> Answer {
        self.save_two().await;
        let answer = self.post("domain", &[("url", URL)]).await;
        assert_eq!(answer.location(), self.path("check"));
        answer
    }

    /// Fills in the first two steps.
    pub async fn save_two(&mut self) {
        let answer = self.post("key", &[("key", KEY)]).await;
        assert_eq!(answer.location(), self.path("account"));
        let answer = self.post("account", &[("username", USERNAME), ("password", PASSWORD)]).await;
        assert_eq!(answer.location(), self.path("domain"));
    }
}
