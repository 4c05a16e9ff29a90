//! Rows as they are stored, table by table: for copying an installation from one backend into another, and for nothing
//! else. A backend finds its tables by itself, so that a new one is copied without a word here.

use async_trait::async_trait;

use crate::Result;

/// What one column of one row holds.
#[derive(Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Whole(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// What a column may hold, beside nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Whole numbers.
    Whole,
    /// Texts.
    Text,
    /// Bytes.
    Bytes,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it may hold.
    pub kind: CellKind,
}

/// A table: equal ones hold the same rows in the same order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, by name.
    pub columns: Vec<Column>,
    /// Which of them, by place, are its key, in the key's order.
    pub key: Vec<usize>,
}

/// A row: a cell for each column of its table.
pub type Cells = Vec<Cell>;

/// Reads rows, all of them as they were at one moment.
#[async_trait]
pub trait RowReader: Send {
    /// The tables, by name. Left out is what each backend makes of them for itself, as the index of a search.
    async fn tables(&mut self) -> Result<Vec<Table>>;
    /// At most `limit` rows in the order of the table's key, after this one; from the first when there is none.
    async fn rows(&mut self, table: &Table, after: Option<&Cells>, limit: u32) -> Result<Vec<Cells>>;
}

/// Writes rows into a database that holds none, in one unit of work: dropped without `commit`, it leaves nothing behind.
#[async_trait]
pub trait RowWriter: RowReader {
    /// Adds rows, just as they are: nothing that the tables do by themselves is done.
    async fn add(&mut self, table: &Table, rows: &[Cells]) -> Result<()>;
    /// Makes what was left out of [`RowReader::tables`], and everything durable.
    async fn commit(self: Box<Self>) -> Result<()>;
}

impl Table {
    /// A table of these columns, in any order.
    #[must_use]
    pub fn new(name: String, mut columns: Vec<Column>, key: &[String]) -> Self {
        columns.sort_by(|one, other| one.name.cmp(&other.name));
        let place = |name: &String| columns.iter().position(|column| column.name == *name);
        let key = key.iter().filter_map(place).collect();
        Self { name, columns, key }
    }

    /// The columns of the key.
    pub fn key_columns(&self) -> impl Iterator<Item = &Column> {
        self.key.iter().filter_map(|place| self.columns.get(*place))
    }

    /// The row's key.
    pub fn key_of<'r>(&'r self, row: &'r Cells) -> impl Iterator<Item = (&'r Column, &'r Cell)> {
        self.key.iter().filter_map(|place| Some((self.columns.get(*place)?, row.get(*place)?)))
    }

    /// What the row holds in this column.
    #[must_use]
    pub fn cell<'r>(&self, row: &'r Cells, column: &str) -> Option<&'r Cell> {
        row.get(self.columns.iter().position(|known| known.name == column)?)
    }
}

impl Cell {
    /// The number, if it is one.
    #[must_use]
    pub const fn as_whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Null | Self::Text(_) | Self::Bytes(_) => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Whole(_) | Self::Bytes(_) => None,
        }
    }

    /// The bytes, if it is some.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Null | Self::Whole(_) | Self::Text(_) => None,
        }
    }

    /// Adds it to the row's canonical form: what it is, how long, and itself.
    pub fn write(&self, form: &mut Vec<u8>) {
        let (kind, bytes) = match self {
            Self::Null => (0, Vec::new()),
            Self::Whole(number) => (1, number.to_be_bytes().to_vec()),
            Self::Text(text) => (2, text.clone().into_bytes()),
            Self::Bytes(bytes) => (3, bytes.clone()),
        };
        form.push(kind);
        form.extend((bytes.len() as u64).to_be_bytes());
        form.extend(bytes);
    }
}
