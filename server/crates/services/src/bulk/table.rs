//! Reading the text of a table: what separates its cells, which column is which, one draft per line.

use csv::{ReaderBuilder, StringRecord};
use domain::InviteDraft;

/// How many lines a table has at most, beside its headings.
pub const BULK_LINES_MAX: usize = 2_000;

/// Between cells, as programs write them.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Why a table cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkRefusal {
    /// There is nothing in it.
    Empty,
    /// There are headings and no line under them.
    NoLines,
    /// More than [`BULK_LINES_MAX`] lines.
    TooManyLines,
    /// No column is for the customer.
    NoCustomer,
    /// Two columns mean the same thing; the heading.
    TwiceTheSame(String),
    /// A quotation mark is opened in this line and not closed, or the line is otherwise unreadable.
    Unreadable(u64),
    /// The file's letters cannot be read: neither UTF-8 nor marked UTF-16.
    NotText,
}

/// A table, its cells sorted into drafts.
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// Headings that mean nothing here.
    pub(super) ignored: Vec<String>,
}

/// One line.
pub(super) struct Row {
    pub(super) number: u64,
    pub(super) draft: InviteDraft,
    /// Whether it has cells beyond the headings that are not empty.
    pub(super) too_many: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Customer,
    Email,
    Reference,
    Permissions,
    Preset,
    Days,
    Language,
    Note,
    Remind,
}

/// The text of a file, as programs save tables: UTF-8, or UTF-16 with a mark at its beginning.
///
/// # Errors
/// [`BulkRefusal::NotText`].
pub fn text_of_upload(bytes: &[u8]) -> Result<String, BulkRefusal> {
    let wide = |from: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().skip(1).map(|pair| from(*pair)).collect();
        String::from_utf16(&units).ok().filter(|_| rest.is_empty())
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    };
    text.ok_or(BulkRefusal::NotText)
}

/// Reads the table.
pub(super) fn read(text: &str) -> Result<Table, BulkRefusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(BulkRefusal::Empty);
    }
    let (text, skipped) = without_hint(text);
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(text))
        .flexible(true)
        .has_headers(true)
        .from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|_| BulkRefusal::Unreadable(1))?.clone();
    let (columns, ignored) = columns(&headings)?;
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| unreadable(&error))? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() >= BULK_LINES_MAX {
            return Err(BulkRefusal::TooManyLines);
        }
        let number = record.position().map_or(0, csv::Position::line) + skipped;
        let too_many = record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty());
        rows.push(Row { number, draft: draft(&columns, &record), too_many });
    }
    if rows.is_empty() { Err(BulkRefusal::NoLines) } else { Ok(Table { rows, ignored }) }
}

/// Without the line by which some programs say what separates their cells, and how many lines that took.
fn without_hint(text: &str) -> (&str, u64) {
    match text.split_once('\n') {
        Some((first, rest)) if first.trim().to_lowercase().starts_with("sep=") => (rest, 1),
        Some(_) | None => (text, 0),
    }
}

fn unreadable(error: &csv::Error) -> BulkRefusal {
    BulkRefusal::Unreadable(error.position().map_or(1, csv::Position::line))
}

/// What stands most often in the headings, outside quotation marks; a comma when nothing does.
fn separator(text: &str) -> u8 {
    let headings = text.trim_start().lines().next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [0_u32; SEPARATORS.len()];
    for byte in headings.bytes() {
        quoted ^= byte == b'"';
        if !quoted {
            counts.iter_mut().zip(SEPARATORS).for_each(|(count, known)| *count += u32::from(byte == known));
        }
    }
    let most = counts.iter().zip(SEPARATORS).rev().max_by_key(|(count, _)| **count);
    most.map_or(b',', |(_, separator)| separator)
}

/// What each column holds, `None` where that means nothing here, and those headings.
fn columns(headings: &StringRecord) -> Result<(Vec<Option<Column>>, Vec<String>), BulkRefusal> {
    let mut columns = Vec::new();
    let mut ignored = Vec::new();
    for heading in headings {
        let column = column(heading);
        if column.is_some() && columns.contains(&column) {
            return Err(BulkRefusal::TwiceTheSame(heading.trim().to_owned()));
        }
        if column.is_none() && !heading.trim().is_empty() {
            ignored.push(heading.trim().to_owned());
        }
        columns.push(column);
    }
    if columns.contains(&Some(Column::Customer)) {
        Ok((columns, ignored))
    } else {
        Err(BulkRefusal::NoCustomer)
    }
}

/// What a heading means, however it is spelt.
fn column(heading: &str) -> Option<Column> {
    let plain: String = heading.trim().to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    match plain.as_str() {
        "customer" | "customername" | "company" => Some(Column::Customer),
        "email" | "emailaddress" | "contact" | "contactemail" => Some(Column::Email),
        "reference" | "ref" => Some(Column::Reference),
        "permissions" | "permission" => Some(Column::Permissions),
        "preset" => Some(Column::Preset),
        "expiresin" | "expires" | "days" | "expiresindays" => Some(Column::Days),
        "language" => Some(Column::Language),
        "note" => Some(Column::Note),
        "remind" | "reminders" | "remindafter" => Some(Column::Remind),
        _ => None,
    }
}

fn draft(columns: &[Option<Column>], record: &StringRecord) -> InviteDraft {
    let mut draft = InviteDraft::default();
    for (column, cell) in columns.iter().zip(record) {
        let place = match column {
            Some(Column::Customer) => &mut draft.customer,
            Some(Column::Email) => &mut draft.email,
            Some(Column::Reference) => &mut draft.reference,
            Some(Column::Preset) => &mut draft.preset,
            Some(Column::Days) => &mut draft.days,
            Some(Column::Language) => &mut draft.language,
            Some(Column::Note) => &mut draft.note,
            Some(Column::Remind) => &mut draft.remind,
            Some(Column::Permissions) => {
                draft.permissions = cell.split([',', ';', '|', '\n']).map(str::to_owned).collect();
                continue;
            }
            None => continue,
        };
        cell.clone_into(place);
    }
    draft
}

#[cfg(test)]
mod tests;
