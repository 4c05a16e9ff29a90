//! Finding links by a part of their customer's name, e-mail address or reference.
//!
//! How depends on how many links answer. Few are looked up, and their page is sorted. Of many, the list is walked in its
//! order and each link read, as a page is soon full; only when that takes too long, because the links that answer stand far
//! apart, are all of them collected first.

use sqlx::SqliteConnection;
use storage::Result;

use super::Sql;
use crate::query::all;
use crate::row::Row;

/// How many letters the index of parts begins with.
const PART: usize = 3;

/// How the links are found.
pub(super) enum Search {
    /// These, by their numbers.
    Few(Vec<i64>),
    /// More than are worth looking up.
    Many(Wanted),
}

/// What is looked for.
pub(super) struct Wanted {
    /// The text, without white space around it.
    text: String,
    /// Whether it is long enough for the index of parts; else it must be how a text begins.
    anywhere: bool,
}

impl Search {
    /// Looks up as many as are few.
    pub(super) async fn planned(db: &mut SqliteConnection, text: &str, few: u32) -> Result<Self> {
        let text = text.trim().to_owned();
        let wanted = Wanted { anywhere: text.chars().count() >= PART, text };
        let mut sql = Sql::new("SELECT number, '' AS id FROM (");
        wanted.push_numbers(&mut sql);
        sql.push(") LIMIT ").push_bind(i64::from(few) + 1);
        let mut numbers =
            all(db, sql.build(), |row| Row::new("link_search", "id", row).whole("number")).await?;
        let are_few = u32::try_from(numbers.len()).is_ok_and(|found| found <= few);
        numbers.sort_unstable();
        numbers.dedup();
        Ok(if are_few { Self::Few(numbers) } else { Self::Many(wanted) })
    }
}

/// Adds that a link has one of these numbers.
pub(super) fn push_few(sql: &mut Sql, numbers: &[i64]) {
    let list: Vec<String> = numbers.iter().map(i64::to_string).collect();
    sql.push(" AND number IN (SELECT value FROM json_each(").push_bind(format!("[{}]", list.join(",")));
    sql.push("))");
}

impl Wanted {
    /// Whether the links can be told by reading them: LIKE knows the case of English letters only.
    pub(super) fn is_plain(&self) -> bool {
        self.text.is_ascii()
    }

    /// Adds that a link is among all that answer, collected first.
    pub(super) fn push_collected(&self, sql: &mut Sql) {
        // The sign keeps SQLite from looking them up one by one.
        sql.push(" AND +number IN (");
        self.push_numbers(sql);
        sql.push(")");
    }

    /// Adds that a link answers, by reading it.
    pub(super) fn push_read(&self, sql: &mut Sql) {
        let plain: String = self.text.chars().flat_map(escaped).collect();
        let pattern = if self.anywhere { format!("%{plain}%") } else { format!("{plain}%") };
        for (n, column) in ["customer", "contact", "reference"].into_iter().enumerate() {
            sql.push(if n == 0 { " AND (" } else { " OR " });
            sql.push(column).push(" LIKE ").push_bind(pattern.clone()).push(" ESCAPE '\\'");
        }
        sql.push(")");
    }

    /// The numbers of the links; one may come three times.
    fn push_numbers(&self, sql: &mut Sql) {
        if self.anywhere {
            // Within quotes nothing has a meaning of its own but the quote itself.
            let phrase = format!("\"{}\"", self.text.replace('"', "\"\""));
            sql.push("SELECT rowid AS number FROM link_search WHERE link_search MATCH ").push_bind(phrase);
            return;
        }
        // Every text that begins so sorts between the two.
        let from = self.text.to_ascii_lowercase();
        let to = format!("{from}\u{10FFFF}");
        for (n, column) in ["customer_key", "contact", "reference_key"].into_iter().enumerate() {
            sql.push(if n == 0 { "" } else { " UNION ALL " });
            sql.push("SELECT number FROM link WHERE ").push(column).push(" >= ").push_bind(from.clone());
            sql.push(" AND ").push(column).push(" < ").push_bind(to.clone());
        }
    }
}

/// A sign as LIKE takes it for itself.
fn escaped(sign: char) -> impl Iterator<Item = char> {
    let marked = matches!(sign, '%' | '_' | '\\').then_some('\\');
    marked.into_iter().chain(std::iter::once(sign))
}
