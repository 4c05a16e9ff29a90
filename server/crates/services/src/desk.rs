//! What staff see: the list of links, and one link with its timeline. Reading only; nothing here can show a secret,
//! because nothing here can open an envelope.

use domain::{LinkId, LinkStatus};
use storage::{AuditEntry, CheckRun, FieldState, Invite, Link, LinkCount};

use crate::{Operator, ServiceError, Services, StaffCaller};

/// How many links the list shows at most.
const LIST_MAX: u32 = 200;
/// How many timeline entries a link's page shows at most.
const TIMELINE_MAX: u32 = 200;

/// Which links to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkFilter {
    /// Only those of this status.
    pub status: Option<LinkStatus>,
}

/// The list of links.
#[derive(Clone, Debug)]
pub struct LinkList {
    /// The links, last changed first.
    pub links: Vec<Link>,
    /// How many there are of each status.
    pub counts: Vec<LinkCount>,
}

/// One link, as staff see it.
#[derive(Clone, Debug)]
pub struct LinkPage {
    /// The link.
    pub link: Link,
    /// Which credentials are kept, without their contents.
    pub fields: Vec<FieldState>,
    /// Its invites, newest first.
    pub invites: Vec<Invite>,
    /// Its newest check.
    pub check: Option<CheckRun>,
    /// What happened, newest first.
    pub timeline: Vec<AuditEntry>,
}

impl Services {
    /// The list of links.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_links(&self, _: &StaffCaller, filter: LinkFilter) -> Result<LinkList, ServiceError> {
        self.links(filter).await
    }

    /// One link; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn show_link(&self, _: &StaffCaller, id: LinkId) -> Result<Option<LinkPage>, ServiceError> {
        self.link_page(id).await
    }

    /// The list of links, for the command line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_links_here(&self, _: Operator) -> Result<LinkList, ServiceError> {
        self.links(LinkFilter::default()).await
    }

    /// One link, for the command line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn show_link_here(&self, _: Operator, id: LinkId) -> Result<Option<LinkPage>, ServiceError> {
        self.link_page(id).await
    }

    async fn links(&self, filter: LinkFilter) -> Result<LinkList, ServiceError> {
        let links = self.storage().links(filter.status, LIST_MAX).await?;
        let counts = self.storage().count_links().await?;
        Ok(LinkList { links, counts })
    }

    async fn link_page(&self, id: LinkId) -> Result<Option<LinkPage>, ServiceError> {
        let Some(link) = self.storage().link(id).await? else { return Ok(None) };
        Ok(Some(LinkPage {
            fields: self.storage().field_states(id).await?,
            invites: self.storage().invites_of(id).await?,
            check: self.storage().last_check(id).await?,
            timeline: self.storage().timeline(id, TIMELINE_MAX).await?,
            link,
        }))
    }
}
