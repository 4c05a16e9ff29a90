//! The list of links.

use domain::{LinkId, LinkStatus};
use storage::{Link, LinkCount};

use super::link::mark_lapsed;
use crate::{Operator, ServiceError, Services, StaffCaller};

/// How many links the desk's list shows at most.
pub const LIST_MAX: u32 = 200;

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
    /// Links whose invite's holder asked for a new one, which was neither made by staff nor used since.
    pub renewals_asked: Vec<LinkId>,
}

impl Services {
    /// The list of links.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_links(&self, _: &StaffCaller, filter: LinkFilter) -> Result<LinkList, ServiceError> {
        self.links(filter, LIST_MAX).await
    }

    /// The list of links, for the command line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_links_here(&self, _: Operator) -> Result<LinkList, ServiceError> {
        self.links(LinkFilter::default(), u32::MAX).await
    }

    async fn links(&self, filter: LinkFilter, limit: u32) -> Result<LinkList, ServiceError> {
        let mut links = self.storage().links(filter.status, limit).await?;
        let lapsed = self.storage().lapsed_links(self.now()).await?;
        for link in links.iter_mut().filter(|link| lapsed.contains(&link.id)) {
            mark_lapsed(link);
        }
        let renewals_asked = self.storage().renewals_asked().await?;
        let counts = self.storage().count_links().await?;
        Ok(LinkList { links, counts, renewals_asked })
    }
}
