//! Taking the list away: every link that is asked for, a part at a time, however many there are.

use domain::{LinkSort, Timestamp};
use storage::{Actor, AuditAction, LinkFilter, LinkPart, LinkPlace, LinkQuery};

use super::list::ListedLink;
use crate::exports::ExportPlace;
use crate::{ExportError, Operator, ServiceError, Services, StaffCaller};

/// How many links are read at a time.
const PART: u32 = 500;

/// Every link that was asked for, a part at a time.
pub struct LinkExport {
    services: Services,
    query: LinkQuery,
    /// When it began: what lapses meanwhile is told as it was.
    at: Timestamp,
    over: bool,
    /// `None` at the command line.
    place: Option<ExportPlace>,
}

impl Services {
    /// Every link that the filter leaves, for a file that a staff member takes away: noted in the audit log before the
    /// first is told. `asked` says what was asked for, in the words of the list's address.
    ///
    /// # Errors
    /// When it cannot be noted, or when the caller takes others away already.
    pub async fn export_links(
        &self,
        caller: &StaffCaller,
        filter: LinkFilter,
        sort: LinkSort,
        asked: String,
    ) -> Result<LinkExport, ExportError> {
        let place = self.export_place(caller)?;
        let export = LinkExport { place: Some(place), ..self.every_link(filter, sort).await };
        let mut unit = self.storage().begin().await.map_err(ServiceError::from)?;
        let actor = Actor::Staff(caller.id());
        self.audit(&mut *unit, None, actor, AuditAction::LinksExported, asked).await?;
        unit.commit().await.map_err(ServiceError::from)?;
        Ok(export)
    }

    /// Every link, last changed first, for the command line.
    pub async fn every_link_here(&self, _: Operator) -> LinkExport {
        self.every_link(LinkFilter::default(), LinkSort::Changed).await
    }

    async fn every_link(&self, filter: LinkFilter, sort: LinkSort) -> LinkExport {
        let at = self.now();
        self.settle_lapsed(at).await;
        let query = LinkQuery { filter, sort, part: LinkPart::First, limit: PART };
        LinkExport { services: self.clone(), query, at, over: false, place: None }
    }
}

impl LinkExport {
    /// The next part, without its checks; `None` after the last.
    ///
    /// # Errors
    /// When the database fails, or the session it was asked for in ended.
    pub async fn next(&mut self) -> Result<Option<Vec<ListedLink>>, ExportError> {
        if self.over {
            return Ok(None);
        }
        if let Some(place) = &self.place {
            place.goes_on().await?;
        }
        let links = self.services.storage().links(&self.query).await.map_err(ServiceError::from)?;
        self.over = u32::try_from(links.len()).is_ok_and(|length| length < PART);
        let Some(last) = links.last() else { return Ok(None) };
        self.query.part = LinkPart::After(LinkPlace::of(last, self.query.sort));
        Ok(Some(self.services.listed(links, self.at, self.at).await?))
    }
}
