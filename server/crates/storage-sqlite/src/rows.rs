//! Rows as they are stored, for copying an installation.

use std::ops::{Deref, DerefMut};

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, QueryBuilder, Row as _, Sqlite, SqliteConnection, Transaction};
use storage::rows::{Cell, CellKind, Cells, Column, RowReader, RowWriter, Table};
use storage::{Result, StorageError};

use crate::SqliteStorage;
use crate::error::failed;
use crate::query::{all, count, run};
use crate::writer::{Turn, Turning};

/// Our own tables with their columns and the columns' places in their keys: what is worked out from others left out. The
/// order in which checks were kept is their rowid; elsewhere it is a column, which is named here as there.
const COLUMNS: &str = "SELECT t.name AS its_table, c.name AS its_name, c.type AS its_type, c.pk AS its_place \
    FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS c \
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> '_sqlx_migrations' \
    AND c.hidden = 0 AND NOT (t.name = 'link' AND c.name = 'number') \
    UNION ALL SELECT 'check_run', 'number', 'INTEGER', 0 ORDER BY its_table, its_place";
/// The triggers, to be made again once the rows are there.
const TRIGGERS: &str = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name";
/// What a fresh database holds: a row that says where the log ends, and one that counts changes.
const FRESH: [(&str, &str); 2] = [("audit_head", "position > 0"), ("list_change", "FALSE")];

/// One transaction.
struct Rows {
    db: Held,
    /// What makes the triggers anew that were taken away.
    triggers: Vec<String>,
}

/// What it is a transaction of.
enum Held {
    Reader(Transaction<'static, Sqlite>),
    Writer(Turn),
}

/// Why nothing can be copied into a database.
#[derive(Debug, thiserror::Error)]
#[error("it holds data already, and only an empty one is copied into")]
struct InUse;

impl SqliteStorage {
    /// Reads every row as it is now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_rows(&self) -> Result<Box<dyn RowReader>> {
        let db = self.readers.begin().await.map_err(failed)?;
        Ok(Box::new(Rows { db: Held::Reader(db), triggers: Vec::new() }))
    }

    /// Writes rows. Others who write to the database wait until it is done.
    ///
    /// # Errors
    /// When the database holds any row already, or fails.
    pub async fn write_rows(&self) -> Result<Box<dyn RowWriter>> {
        let db = Held::Writer(self.writer.turn(Turning::Alone).await?);
        let mut rows = Rows { db, triggers: Vec::new() };
        rows.execute("PRAGMA defer_foreign_keys = ON").await?;
        let triggers =
            all(&mut rows.db, sqlx::query(TRIGGERS), |row| Ok((text(row, "name")?, text(row, "sql")?)));
        for (name, sql) in triggers.await? {
            rows.execute(&format!("DROP TRIGGER {name}")).await?;
            rows.triggers.push(sql);
        }
        for table in rows.tables().await? {
            let name = &table.name;
            let of_use = FRESH.iter().find(|(fresh, _)| fresh == name).map_or("TRUE", |(_, of_use)| *of_use);
            let used = format!("SELECT count(*) FROM (SELECT 1 FROM {name} WHERE {of_use} LIMIT 1)");
            if count(&mut rows.db, sqlx::query(AssertSqlSafe(used))).await? > 0 {
                return Err(StorageError::Database(Box::new(InUse)));
            }
            rows.execute(&format!("DELETE FROM {name}")).await?;
        }
        Ok(Box::new(rows))
    }
}

#[async_trait]
impl RowReader for Rows {
    async fn tables(&mut self) -> Result<Vec<Table>> {
        let columns = all(&mut self.db, sqlx::query(COLUMNS), |row| {
            let kind = match text(row, "its_type")?.as_str() {
                "INTEGER" => CellKind::Whole,
                "BLOB" => CellKind::Bytes,
                _ => CellKind::Text,
            };
            let in_key = row.try_get::<i64, _>("its_place").map_err(failed)? > 0;
            Ok((text(row, "its_table")?, Column { name: text(row, "its_name")?, kind }, in_key))
        });
        let columns = columns.await?;
        let mut names: Vec<&String> = columns.iter().map(|(table, _, _)| table).collect();
        names.dedup();
        let tables = names.into_iter().map(|table| {
            let its = || columns.iter().filter(|(of, _, _)| of == table);
            let key: Vec<String> =
                its().filter(|(_, _, in_key)| *in_key).map(|(_, column, _)| column.name.clone()).collect();
            Table::new(table.clone(), its().map(|(_, column, _)| column.clone()).collect(), &key)
        });
        Ok(tables.collect())
    }

    async fn rows(&mut self, table: &Table, after: Option<&Cells>, limit: u32) -> Result<Vec<Cells>> {
        let mut sql = QueryBuilder::<Sqlite>::new("SELECT ");
        names(&mut sql, table, table.columns.iter());
        sql.push(" FROM ").push(&table.name);
        if let Some(row) = after {
            sql.push(" WHERE (");
            names(&mut sql, table, table.key_columns());
            sql.push(") > (");
            let mut values = sql.separated(", ");
            for (_, cell) in table.key_of(row) {
                match cell {
                    Cell::Null => values.push_bind(None::<i64>),
                    Cell::Whole(number) => values.push_bind(*number),
                    Cell::Text(text) => values.push_bind(text.clone()),
                    Cell::Bytes(bytes) => values.push_bind(bytes.clone()),
                };
            }
            sql.push(")");
        }
        sql.push(" ORDER BY ");
        names(&mut sql, table, table.key_columns());
        sql.push(" LIMIT ").push_bind(i64::from(limit));
        all(&mut self.db, sql.build(), |row| {
            (0_usize..).zip(&table.columns).map(|(place, column)| cell(row, place, column)).collect()
        })
        .await
    }
}

#[async_trait]
impl RowWriter for Rows {
    async fn add(&mut self, table: &Table, rows: &[Cells]) -> Result<()> {
        let mut sql = QueryBuilder::<Sqlite>::new("INSERT INTO ");
        sql.push(&table.name).push(" (");
        names(&mut sql, table, table.columns.iter());
        sql.push(") ");
        sql.push_values(rows, |mut values, row| {
            for cell in row {
                match cell {
                    Cell::Null => values.push_bind(None::<i64>),
                    Cell::Whole(number) => values.push_bind(*number),
                    Cell::Text(text) => values.push_bind(text.clone()),
                    Cell::Bytes(bytes) => values.push_bind(bytes.clone()),
                };
            }
        });
        run(&mut self.db, sql.build()).await?;
        Ok(())
    }

    async fn commit(mut self: Box<Self>) -> Result<()> {
        self.execute("UPDATE link SET number = rowid").await?;
        self.execute(
            "INSERT INTO link_search (rowid, customer, contact, reference) \
             SELECT number, customer, contact, reference FROM link",
        )
        .await?;
        for trigger in std::mem::take(&mut self.triggers) {
            self.execute(&trigger).await?;
        }
        match self.db {
            Held::Reader(transaction) => transaction.commit().await.map_err(failed),
            Held::Writer(turn) => turn.commit(false).await,
        }
    }
}

impl Deref for Held {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Reader(transaction) => transaction,
            Self::Writer(turn) => turn,
        }
    }
}

impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Reader(transaction) => transaction,
            Self::Writer(turn) => turn,
        }
    }
}

impl Rows {
    async fn execute(&mut self, sql: &str) -> Result<()> {
        run(&mut self.db, sqlx::query(AssertSqlSafe(sql.to_owned()))).await?;
        Ok(())
    }
}

fn cell(row: &SqliteRow, place: usize, column: &Column) -> Result<Cell> {
    let cell = match column.kind {
        CellKind::Whole => row.try_get::<Option<i64>, _>(place).map(|cell| cell.map(Cell::Whole)),
        CellKind::Text => row.try_get::<Option<String>, _>(place).map(|cell| cell.map(Cell::Text)),
        CellKind::Bytes => row.try_get::<Option<Vec<u8>>, _>(place).map(|cell| cell.map(Cell::Bytes)),
    };
    Ok(cell.map_err(failed)?.unwrap_or(Cell::Null))
}

fn text(row: &SqliteRow, column: &str) -> Result<String> {
    row.try_get(column).map_err(failed)
}

fn names<'c>(sql: &mut QueryBuilder<Sqlite>, table: &Table, columns: impl Iterator<Item = &'c Column>) {
    let mut names = sql.separated(", ");
    for column in columns {
        let is_rowid = table.name == "check_run" && column.name == "number";
        names.push(if is_rowid { "rowid" } else { &column.name });
    }
}
