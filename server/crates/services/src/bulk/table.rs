//! Reading the text of a table: what separates its cells, which column is which, one draft per line.

use csv::{ReaderBuilder, StringRecord};
use domain::{DraftField, InviteDraft};

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
    /// A quotation mark is opened in this line and not closed: what follows would all be one cell.
    Unclosed(u64),
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
    let separator = separator(text);
    if let Some(at) = unclosed(text, separator) {
        return Err(BulkRefusal::Unclosed(line_of(text, at) + skipped));
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(true)
        .from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|_| BulkRefusal::NotText)?.clone();
    let (columns, ignored) = columns(&headings)?;
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    let (mut counted, mut line) = (0, 1);
    while reader.read_record(&mut record).map_err(|_| BulkRefusal::NotText)? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() >= BULK_LINES_MAX {
            return Err(BulkRefusal::TooManyLines);
        }
        // The reader's own count stops before the line break that ends the line before.
        let begins = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(counted);
        let blank =
            text.get(begins..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        line += breaks(text.get(counted..begins + blank).unwrap_or_default());
        counted = begins + blank;
        let too_many = record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty());
        rows.push(Row { number: line + skipped, draft: draft(&columns, &record), too_many });
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

/// Where the quotation mark stands that is opened and never closed, if there is one. As the reader has it, only a cell's
/// first sign opens quotation marks, and two of them in quotation marks are one.
fn unclosed(text: &str, separator: u8) -> Option<usize> {
    let mut opened = None;
    let mut cell_begins = true;
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match (opened, byte) {
            (Some(_), b'"') => {
                if bytes.next_if(|(_, next)| *next == b'"').is_none() {
                    opened = None;
                }
            }
            (Some(_), _) => {}
            (None, b'"') if cell_begins => opened = Some(at),
            (None, _) => {}
        }
        cell_begins = opened.is_none() && (byte == separator || byte == b'\n' || byte == b'\r');
    }
    opened
}

/// The number of the line in which this byte is.
fn line_of(text: &str, at: usize) -> u64 {
    1 + breaks(text.get(..at).unwrap_or_default())
}

/// How many line breaks there are, each of one sign or of two.
fn breaks(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = bytes.iter().zip(bytes.iter().skip(1).map(Some).chain([None]));
    let broken = ends.filter(|(byte, next)| **byte == b'\n' || (**byte == b'\r' && *next != Some(&b'\n')));
    u64::try_from(broken.count()).unwrap_or(u64::MAX)
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
fn columns(headings: &StringRecord) -> Result<(Vec<Option<DraftField>>, Vec<String>), BulkRefusal> {
    let mut columns = Vec::new();
    let mut ignored = Vec::new();
    for heading in headings {
        let column = DraftField::of_heading(heading);
        if column.is_some() && columns.contains(&column) {
            return Err(BulkRefusal::TwiceTheSame(heading.trim().to_owned()));
        }
        if column.is_none() && !heading.trim().is_empty() {
            ignored.push(heading.trim().to_owned());
        }
        columns.push(column);
    }
    if columns.contains(&Some(DraftField::Customer)) {
        Ok((columns, ignored))
    } else {
        Err(BulkRefusal::NoCustomer)
    }
}

fn draft(columns: &[Option<DraftField>], record: &StringRecord) -> InviteDraft {
    let mut draft = InviteDraft::default();
    for (column, cell) in columns.iter().zip(record) {
        let place = match column {
            Some(DraftField::Customer) => &mut draft.customer,
            Some(DraftField::Email) => &mut draft.email,
            Some(DraftField::Reference) => &mut draft.reference,
            Some(DraftField::Preset) => &mut draft.preset,
            Some(DraftField::Days) => &mut draft.days,
            Some(DraftField::Language) => &mut draft.language,
            Some(DraftField::Note) => &mut draft.note,
            Some(DraftField::Remind) => &mut draft.remind,
            Some(DraftField::Permissions) => {
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
