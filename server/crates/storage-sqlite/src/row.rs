//! Reading columns: every value is parsed into its type, and one that cannot be names its place.

use std::str::FromStr;

use domain::{Permission, PermissionSet, Timestamp, WebServicesHost};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite};
use storage::{Fingerprint, Result, StorageError, TokenHash};

use crate::error::failed;

/// One row of a named table.
pub(crate) struct Row<'r> {
    table: &'static str,
    id: String,
    row: &'r SqliteRow,
}

impl<'r> Row<'r> {
    /// A row whose text column `id_column` names it in errors.
    pub(crate) fn new(table: &'static str, id_column: &str, row: &'r SqliteRow) -> Self {
        let id = row.try_get::<String, _>(id_column).unwrap_or_default();
        Self { table, id, row }
    }

    /// An error that names this row's column.
    pub(crate) fn corrupt(&self, column: &'static str) -> StorageError {
        StorageError::CorruptRow { table: self.table, column, row: self.id.clone() }
    }

    fn get<T: for<'v> sqlx::Decode<'v, Sqlite> + sqlx::Type<Sqlite>>(
        &self,
        column: &'static str,
    ) -> Result<T> {
        self.row.try_get(column).map_err(|error| {
            // The error quotes what it could not decode: only the place is told.
            if matches!(error, sqlx::Error::ColumnDecode { .. }) {
                self.corrupt(column)
            } else {
                failed(error)
            }
        })
    }

    /// A text column.
    pub(crate) fn text(&self, column: &'static str) -> Result<String> {
        self.get(column)
    }

    /// A text column that may be null.
    pub(crate) fn optional_text(&self, column: &'static str) -> Result<Option<String>> {
        self.get(column)
    }

    /// A column of bytes.
    pub(crate) fn bytes(&self, column: &'static str) -> Result<Vec<u8>> {
        self.get(column)
    }

    /// A text column, parsed.
    pub(crate) fn parsed<T: FromStr>(&self, column: &'static str) -> Result<T> {
        self.text(column)?.parse().map_err(|_| self.corrupt(column))
    }

    /// A text column that may be null, parsed.
    pub(crate) fn optional_parsed<T: FromStr>(&self, column: &'static str) -> Result<Option<T>> {
        self.optional_text(column)?.map(|text| text.parse().map_err(|_| self.corrupt(column))).transpose()
    }

    /// A text column, read by a function of ours.
    pub(crate) fn read<T>(&self, column: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<T> {
        read(&self.text(column)?).ok_or_else(|| self.corrupt(column))
    }

    /// A text column that may be null, read by a function of ours.
    pub(crate) fn optional_read<T>(
        &self,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>> {
        self.optional_text(column)?.map(|text| read(&text).ok_or_else(|| self.corrupt(column))).transpose()
    }

    /// A point in time.
    pub(crate) fn time(&self, column: &'static str) -> Result<Timestamp> {
        self.get(column).map(Timestamp::from_millis)
    }

    /// A point in time that may be null.
    pub(crate) fn optional_time(&self, column: &'static str) -> Result<Option<Timestamp>> {
        Ok(self.get::<Option<i64>>(column)?.map(Timestamp::from_millis))
    }

    /// A whole number that may be null.
    pub(crate) fn optional_number(&self, column: &'static str) -> Result<Option<i64>> {
        self.get(column)
    }

    /// A count that may be null.
    pub(crate) fn optional_count(&self, column: &'static str) -> Result<Option<u32>> {
        self.get::<Option<i64>>(column)?
            .map(|n| u32::try_from(n).map_err(|_| self.corrupt(column)))
            .transpose()
    }

    /// A count.
    pub(crate) fn count(&self, column: &'static str) -> Result<u32> {
        u32::try_from(self.get::<i64>(column)?).map_err(|_| self.corrupt(column))
    }

    /// Any whole number.
    pub(crate) fn whole(&self, column: &'static str) -> Result<i64> {
        self.get(column)
    }

    /// A number that only grows.
    pub(crate) fn number(&self, column: &'static str) -> Result<u64> {
        u64::try_from(self.get::<i64>(column)?).map_err(|_| self.corrupt(column))
    }

    /// A hash.
    pub(crate) fn hash(&self, column: &'static str) -> Result<[u8; 32]> {
        self.bytes(column)?.try_into().map_err(|_| self.corrupt(column))
    }

    /// A hash that may be null.
    pub(crate) fn optional_hash(&self, column: &'static str) -> Result<Option<[u8; 32]>> {
        self.get::<Option<Vec<u8>>>(column)?
            .map(|bytes| bytes.try_into().map_err(|_| self.corrupt(column)))
            .transpose()
    }

    /// Yes or no.
    pub(crate) fn flag(&self, column: &'static str) -> Result<bool> {
        match self.get::<i64>(column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.corrupt(column)),
        }
    }

    /// A token's hash.
    pub(crate) fn token_hash(&self, column: &'static str) -> Result<TokenHash> {
        self.bytes(column)?.try_into().map(TokenHash).map_err(|_| self.corrupt(column))
    }

    /// A fingerprint.
    pub(crate) fn fingerprint(&self, column: &'static str) -> Result<Fingerprint> {
        self.bytes(column)?.try_into().map(Fingerprint).map_err(|_| self.corrupt(column))
    }

    /// A fingerprint that may be null.
    pub(crate) fn optional_fingerprint(&self, column: &'static str) -> Result<Option<Fingerprint>> {
        self.get::<Option<Vec<u8>>>(column)?
            .map(|bytes| bytes.try_into().map(Fingerprint).map_err(|_| self.corrupt(column)))
            .transpose()
    }
}

/// A host as it is stored.
pub(crate) fn host(text: &str) -> Option<WebServicesHost> {
    WebServicesHost::from_stored(text).ok()
}

/// Permissions as they are stored: they are always read and written together.
pub(crate) fn permissions(text: &str) -> Option<Vec<Permission>> {
    text.split(',').map(|slug| slug.parse().ok()).collect()
}

/// The text that [`permissions`] reads, but for no permission at all, which is an empty text.
pub(crate) fn slugs(permissions: impl Iterator<Item = Permission>) -> String {
    permissions.map(Permission::slug).collect::<Vec<_>>().join(",")
}

/// A set of permissions as it is stored.
pub(crate) fn permission_set(text: &str) -> Option<PermissionSet> {
    let set = PermissionSet::new(&permissions(text)?);
    // The set adds what every link asks for: a text that lacks it was not written here.
    (slugs(set.iter()) == text).then_some(set)
}

/// What a fingerprint is bound as.
pub(crate) fn bytes(fingerprint: &Fingerprint) -> &[u8] {
    fingerprint.0.as_slice()
}
