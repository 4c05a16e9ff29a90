//! Finding links by a part of their customer's name, e-mail address or reference.
//!
//! How depends on how many links answer: few are looked up and sorted; of many, the list is walked in its order and each
//! link asked whether it is among them; of very many, each link walked past is simply read, since a page is soon full.

use sqlx::SqliteConnection;
use storage::Result;

use super::Sql;
use crate::query::one;
use crate::row::Row;

/// So many are sorted at once.
const RARE: u32 = 4_000;
/// From so many on, collecting them costs more than reading the links of the list one by one.
const FREQUENT: u32 = 60_000;
/// How many letters the index of parts begins with.
const PART: usize = 3;

/// How the links are found.
pub(super) enum Search {
    /// Looked up.
    Rare(Wanted),
    /// Collected, and passed by in the list's order.
    Frequent(Wanted),
    /// Read in the list's order.
    Common(Wanted),
}

/// What is looked for.
pub(super) struct Wanted {
    /// The text, without white space around it.
    text: String,
    /// Whether it is long enough for the index of parts; else it must be how a text begins.
    anywhere: bool,
}

impl Search {
    /// Counts, up to where it matters.
    pub(super) async fn planned(db: &mut SqliteConnection, text: &str) -> Result<Self> {
        let text = text.trim().to_owned();
        let wanted = Wanted { anywhere: text.chars().count() >= PART, text };
        if wanted.count(db, RARE).await? <= RARE {
            return Ok(Self::Rare(wanted));
        }
        // LIKE knows the case of English letters only: other texts are always looked up, slower and right.
        if !wanted.text.is_ascii() || wanted.count(db, FREQUENT).await? <= FREQUENT {
            return Ok(Self::Frequent(wanted));
        }
        Ok(Self::Common(wanted))
    }

    /// Adds the condition.
    pub(super) fn push(&self, sql: &mut Sql) {
        match self {
            Self::Rare(wanted) => {
                sql.push(" AND number IN (");
                wanted.push_numbers(sql);
                sql.push(")");
            }
            // The sign keeps SQLite from looking them up one by one after all.
            Self::Frequent(wanted) => {
                sql.push(" AND +number IN (");
                wanted.push_numbers(sql);
                sql.push(")");
            }
            Self::Common(wanted) => wanted.push_like(sql),
        }
    }
}

impl Wanted {
    /// How many there are; more than `most` are not told apart. One link may count three times.
    async fn count(&self, db: &mut SqliteConnection, most: u32) -> Result<u32> {
        let mut sql = Sql::new("SELECT count(*) AS links, '' AS id FROM (SELECT 1 FROM (");
        self.push_numbers(&mut sql);
        sql.push(") LIMIT ").push_bind(i64::from(most) + 1).push(")");
        let count = one(db, sql.build(), |row| Row::new("link_search", "id", row).count("links")).await?;
        Ok(count.unwrap_or(0))
    }

    /// The numbers of the links.
    fn push_numbers(&self, sql: &mut Sql) {
        if self.anywhere {
            // Within quotes nothing has a meaning of its own but the quote itself.
            let phrase = format!("\"{}\"", self.text.replace('"', "\"\""));
            sql.push("SELECT rowid FROM link_search WHERE link_search MATCH ").push_bind(phrase);
            return;
        }
        // Every text that begins so sorts between the two.
        let (from, to) =
            (self.text.to_ascii_lowercase(), format!("{}\u{10FFFF}", self.text.to_ascii_lowercase()));
        for (n, column) in ["customer_key", "contact", "reference_key"].into_iter().enumerate() {
            sql.push(if n == 0 { "" } else { " UNION ALL " });
            sql.push("SELECT number FROM link WHERE ").push(column).push(" >= ").push_bind(from.clone());
            sql.push(" AND ").push(column).push(" < ").push_bind(to.clone());
        }
    }

    fn push_like(&self, sql: &mut Sql) {
        let plain: String = self.text.chars().flat_map(escaped).collect();
        let pattern = if self.anywhere { format!("%{plain}%") } else { format!("{plain}%") };
        for (n, column) in ["customer", "contact", "reference"].into_iter().enumerate() {
            sql.push(if n == 0 { " AND (" } else { " OR " });
            sql.push(column).push(" LIKE ").push_bind(pattern.clone()).push(" ESCAPE '\\'");
        }
        sql.push(")");
    }
}

/// A sign as LIKE takes it for itself.
fn escaped(sign: char) -> impl Iterator<Item = char> {
    let marked = matches!(sign, '%' | '_' | '\\').then_some('\\');
    marked.into_iter().chain(std::iter::once(sign))
}
