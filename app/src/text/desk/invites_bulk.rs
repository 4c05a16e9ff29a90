//! Inviting many customers at once: the table, its preview, and the invites shown once.

/// The heading.
pub const MANY: &str = "Invite many at once";
/// Under it.
pub const LEAD: &str =
    "Paste a table, or choose a CSV file. You see what each line would make before anything is made.";
/// Label of the text.
pub const PASTE: &str = "Table";
/// Its hint.
pub const PASTE_HINT: &str =
    "The first line names the columns. Cells may be separated by commas, semicolons or tabs.";
/// Label of the file.
pub const FILE: &str = "Or a CSV file";
/// Its hint.
pub const FILE_HINT: &str = "Up to 1 MB and 2,000 lines. It is read instead of the text above.";
/// The button.
pub const PREVIEW: &str = "Look at each line first";
/// Heading of the columns.
pub const COLUMNS: &str = "Columns";
/// Under it.
pub const COLUMNS_LEAD: &str = "In any order. Only the customer is needed.";
/// Each column with what it holds.
pub const COLUMN_LIST: [(&str, &str); 9] = [
    ("customer", "The company. Needed."),
    ("email", "The contact’s address."),
    ("reference", "Your own number or name."),
    ("preset", "The name of a preset"),
    ("permissions", "UKG Pro’s names, with semicolons between them. Added to the preset’s."),
    ("expires_in", "Days from 1 to 90, such as 14. Empty: 14."),
    ("language", "en. Empty: en."),
    ("note", "A note on the invite’s first page."),
    ("remind", "off, 3 or 7. Empty: off."),
];
/// A table to begin with.
pub const EXAMPLE: &str =
    "customer,email,reference,preset,expires_in\nContoso Health,maria@contoso.example,T-4711,Everything,14";
/// Heading of the example.
pub const EXAMPLE_TITLE: &str = "An example";
/// Leads back to one.
pub const ONE: &str = "Invite one customer";

/// The preview's heading.
pub const PREVIEW_TITLE: &str = "Before anything is made";
/// How many lines are good.
#[must_use]
pub fn summary(good: usize, wrong: usize, twins: usize) -> String {
    let mut parts = vec![match good {
        0 => "No line is ready.".to_owned(),
        1 => "1 line is ready.".to_owned(),
        many => format!("{many} lines are ready."),
    }];
    match wrong {
        0 => {}
        1 => parts.push("1 line has to be mended.".to_owned()),
        many => parts.push(format!("{many} lines have to be mended.")),
    }
    match twins {
        0 => {}
        1 => parts.push("1 line may be a duplicate.".to_owned()),
        many => parts.push(format!("{many} lines may be duplicates.")),
    }
    parts.join(" ")
}
/// Columns that were not read.
#[must_use]
pub fn ignored(columns: &[String]) -> String {
    format!("Not read, because the name means nothing here: {}.", columns.join(", "))
}
/// Table headings.
pub const HEADINGS: [&str; 3] = ["Customer", "Contact", "What it makes"];
/// A line's number.
#[must_use]
pub fn line(number: u64) -> String {
    format!("Line {number}")
}
/// A good line.
#[must_use]
pub fn good(permissions: usize, days: i64) -> String {
    let permissions =
        if permissions == 1 { "1 permission".to_owned() } else { format!("{permissions} permissions") };
    let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    format!("An invite for {permissions}, good for {days}")
}
/// A line with more cells than headings.
pub const TOO_MANY_CELLS: &str =
    "There are more cells than columns. Put quotation marks around a cell that holds a separator.";
/// An earlier line is for the same customer.
#[must_use]
pub fn twin_line(line: u64) -> String {
    format!("Line {line} is for the same customer or contact.")
}
/// A link is for the same customer; before their names.
pub const TWIN_LINKS: &str = "The same customer or contact has an unfinished link:";
/// A state in a word.
pub const READY: &str = "Ready";
/// A state in a word.
pub const MEND: &str = "Mend";
/// A state in a word.
pub const DUPLICATE: &str = "Duplicate";
/// The box that makes duplicates too.
pub const TWINS_TOO: (&str, &str) =
    ("Make those marked as duplicates too", "Each gets a link of its own, beside the one there is.");
/// The box that mails.
pub const MAIL: (&str, &str) = (
    "Mail each invite to its contact",
    "One after another; each link’s page says when. You see the links once in any case.",
);
/// Makes the invites and shows them.
#[must_use]
pub fn make(good: usize) -> String {
    match good {
        0 => "Make the invites".to_owned(),
        1 => "Make 1 invite".to_owned(),
        many => format!("Make {many} invites"),
    }
}
/// Makes the invites and hands them over as a file.
pub const MAKE_FILE: &str = "Make them and download a CSV";
/// Leads back, to mend.
pub const MEND_TABLE: &str = "Change the table";
/// The table again, to be mended.
pub const MEND_TITLE: &str = "The table";

/// Heading when they were made.
#[must_use]
pub fn made(number: usize) -> String {
    match number {
        0 => "No invite was made".to_owned(),
        1 => "1 invite is ready".to_owned(),
        many => format!("{many} invites are ready"),
    }
}
/// Under it.
pub const MADE_LEAD: &str =
    "The links are shown only now. We keep no copy that could be read: copy the table before you leave.";
/// Under it, when nothing was made.
pub const NONE_LEAD: &str =
    "Every line has to be mended, or is for a customer who has an unfinished link already.";
/// Label of the table of links.
pub const MADE_LABEL: &str = "Invites, as a table";
/// Copies the table.
pub const COPY: &str = "Copy the table";
/// How many are being mailed.
#[must_use]
pub fn mailing(number: usize) -> String {
    match number {
        1 => "1 is being mailed. Its link’s page says when it went out.".to_owned(),
        many => format!("{many} are being mailed. Each link’s page says when it went out."),
    }
}
/// Lines that were left out.
#[must_use]
pub fn left_out(number: usize) -> String {
    match number {
        1 => "1 line was left out".to_owned(),
        many => format!("{many} lines were left out"),
    }
}
/// Headings of the table of links.
pub const MADE_HEADINGS: [&str; 3] = ["Customer", "Contact", "Invite link"];
/// Leads to the list.
pub const TO_LIST: &str = "Go to the links";
/// The downloaded file's name.
pub const FILE_NAME: &str = "invites.csv";

/// Why a table could not be read at all.
pub mod refused {
    /// Nothing was sent.
    pub const EMPTY: &str = "Paste a table, or choose a file.";
    /// Only headings.
    pub const NO_LINES: &str = "There are headings, but no line under them.";
    /// Too many.
    pub const TOO_MANY_LINES: &str = "There are more than 2,000 lines. Split the table in two.";
    /// The customer's column is missing.
    pub const NO_CUSTOMER: &str =
        "No column is called “customer”. The first line must name the columns, as in the example.";
    /// The file is no text.
    pub const NOT_TEXT: &str = "This file cannot be read. Save it as “CSV UTF-8” and choose it again.";
    /// Two columns mean the same.
    #[must_use]
    pub fn twice_the_same(heading: &str) -> String {
        format!("Two columns are for the same thing. The second is “{heading}”. Remove one of them.")
    }
    /// A quotation mark is not closed.
    #[must_use]
    pub fn unclosed(line: u64) -> String {
        format!("The table cannot be read from line {line} on. Look for a quotation mark that is not closed.")
    }
}
