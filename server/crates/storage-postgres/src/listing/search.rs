//! Finding links by a part of their customer's name, e-mail address or reference.

use super::Sql;

/// How many letters the index of parts begins with.
const PART: usize = 3;

/// Adds the condition: a text of so many letters may stand anywhere, a shorter one must be how one of the three begins.
pub(super) fn push(sql: &mut Sql, text: &str) {
    let text = text.trim();
    if text.chars().count() >= PART {
        sql.push(" AND search_text LIKE ").push_bind(format!("%{}%", plain(&text.to_lowercase())));
        return;
    }
    let pattern = format!("{}%", plain(&text.to_ascii_lowercase()));
    for (n, column) in ["customer_key", "contact", "reference_key"].into_iter().enumerate() {
        sql.push(if n == 0 { " AND (" } else { " OR " });
        sql.push(column).push(" LIKE ").push_bind(pattern.clone());
    }
    sql.push(")");
}

/// The text with the signs marked that LIKE takes for itself.
pub(crate) fn plain(text: &str) -> String {
    text.chars().flat_map(escaped).collect()
}

fn escaped(sign: char) -> impl Iterator<Item = char> {
    let marked = matches!(sign, '%' | '_' | '\\').then_some('\\');
    marked.into_iter().chain(std::iter::once(sign))
}
