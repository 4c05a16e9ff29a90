//! Rows as they are stored, for copying an installation.

use async_trait::async_trait;
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, Postgres, QueryBuilder, Row as _, Transaction};
use storage::rows::{Cell, CellKind, Cells, Column, RowReader, RowWriter, Table};
use storage::{Result, StorageError};

use crate::PostgresStorage;
use crate::error::{Misfit, failed};
use crate::link::search_text;
use crate::query::{all, count, run};
use crate::server::{lock, within};

/// Our own tables with their columns: left out is what is worked out from others, and what does not last.
const COLUMNS: &str = "SELECT c.relname::text AS its_table, a.attname::text AS its_name, a.atttypid::regtype::text AS its_type \
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relpersistence = 'p' AND c.relname <> '_sqlx_migrations' \
    AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' \
    AND NOT (c.relname = 'link' AND a.attname = 'search_text') ORDER BY c.relname";
/// The columns of each table's key, in its order.
const KEYS: &str = "SELECT c.relname::text AS its_table, a.attname::text AS its_name \
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
    CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (place, nth) \
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.place \
    WHERE i.indisprimary AND c.relnamespace = current_schema()::regnamespace ORDER BY its_table, k.nth";
/// What a fresh database holds: a row that says where the log ends, and one that counts changes.
const FRESH: [(&str, &str); 2] = [("audit_head", "position > 0"), ("list_change", "FALSE")];

/// One transaction.
struct Rows(Transaction<'static, Postgres>);

impl PostgresStorage {
    /// Reads every row as it is now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_rows(&self) -> Result<Box<dyn RowReader>> {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        Ok(Box::new(Rows(within(self.readers.begin_with(begin)).await.map_err(failed)?)))
    }

    /// Writes rows. Other servers on the database wait until it is done.
    ///
    /// # Errors
    /// When the database holds any row already, or fails.
    pub async fn write_rows(&self) -> Result<Box<dyn RowWriter>> {
        let mut rows = Rows(within(self.writers.begin()).await.map_err(failed)?);
        lock(&mut rows.0).await?;
        // Between two parts, the other database is read: that may take a while.
        for sql in ["SET LOCAL idle_in_transaction_session_timeout = 0", "SET LOCAL statement_timeout = 0"] {
            run(&mut rows.0, sqlx::query(sql)).await?;
        }
        run(&mut rows.0, sqlx::query("SET CONSTRAINTS ALL DEFERRED")).await?;
        for table in rows.tables().await? {
            let name = &table.name;
            let of_use = FRESH.iter().find(|(fresh, _)| fresh == name).map_or("TRUE", |(_, of_use)| *of_use);
            let used = format!("SELECT count(*) FROM (SELECT 1 FROM {name} WHERE {of_use} LIMIT 1) AS used");
            if count(&mut rows.0, sqlx::query(AssertSqlSafe(used))).await? > 0 {
                return Err(StorageError::Database(Box::new(Misfit::InUse)));
            }
            rows.trigger(name, "DISABLE").await?;
            run(&mut rows.0, sqlx::query(AssertSqlSafe(format!("DELETE FROM {name}")))).await?;
        }
        Ok(Box::new(rows))
    }
}

#[async_trait]
impl RowReader for Rows {
    async fn tables(&mut self) -> Result<Vec<Table>> {
        let texts = |row: &PgRow, names: &[&str]| -> Result<Vec<String>> {
            names.iter().map(|name| row.try_get(*name).map_err(failed)).collect()
        };
        let columns =
            all(&mut self.0, sqlx::query(COLUMNS), |row| texts(row, &["its_table", "its_name", "its_type"]));
        let columns = columns.await?;
        let keys = all(&mut self.0, sqlx::query(KEYS), |row| texts(row, &["its_table", "its_name"])).await?;
        let of = |rows: &[Vec<String>], table: &String| -> Vec<Vec<String>> {
            rows.iter().filter(|row| row.first() == Some(table)).cloned().collect()
        };
        let mut names: Vec<&String> = columns.iter().filter_map(|row| row.first()).collect();
        names.dedup();
        let tables = names.into_iter().map(|table| {
            let its = of(&columns, table).into_iter().filter_map(|row| column(&row));
            let key: Vec<String> = of(&keys, table).iter().filter_map(|row| row.get(1).cloned()).collect();
            Table::new(table.clone(), its.collect(), &key)
        });
        Ok(tables.collect())
    }

    async fn rows(&mut self, table: &Table, after: Option<&Cells>, limit: u32) -> Result<Vec<Cells>> {
        let mut sql = QueryBuilder::<Postgres>::new("SELECT ");
        names(&mut sql, table.columns.iter());
        sql.push(" FROM ").push(&table.name);
        if let Some(row) = after {
            sql.push(" WHERE (");
            names(&mut sql, table.key_columns());
            sql.push(") > (");
            let mut values = sql.separated(", ");
            for (column, cell) in table.key_of(row) {
                match column.kind {
                    CellKind::Whole => values.push_bind(cell.as_whole()),
                    CellKind::Text => values.push_bind(cell.as_text().map(str::to_owned)),
                    CellKind::Bytes => values.push_bind(cell.as_bytes().map(<[u8]>::to_vec)),
                };
            }
            sql.push(")");
        }
        sql.push(" ORDER BY ");
        names(&mut sql, table.key_columns());
        sql.push(" LIMIT ").push_bind(i64::from(limit));
        all(&mut self.0, sql.build(), |row| table.columns.iter().map(|column| cell(row, column)).collect())
            .await
    }
}

#[async_trait]
impl RowWriter for Rows {
    async fn add(&mut self, table: &Table, rows: &[Cells]) -> Result<()> {
        let is_link = table.name == "link";
        let mut sql = QueryBuilder::<Postgres>::new("INSERT INTO ");
        sql.push(&table.name).push(" (");
        names(&mut sql, table.columns.iter());
        sql.push(if is_link { ", search_text) " } else { ") " });
        sql.push_values(rows, |mut values, row| {
            for (column, cell) in table.columns.iter().zip(row) {
                match column.kind {
                    CellKind::Whole => values.push_bind(cell.as_whole()),
                    CellKind::Text => values.push_bind(cell.as_text().map(str::to_owned)),
                    CellKind::Bytes => values.push_bind(cell.as_bytes().map(<[u8]>::to_vec)),
                };
            }
            if is_link {
                let text = |column| table.cell(row, column).and_then(Cell::as_text);
                values.push_bind(search_text([text("customer"), text("contact"), text("reference")]));
            }
        });
        run(&mut self.0, sql.build()).await?;
        Ok(())
    }

    async fn commit(mut self: Box<Self>) -> Result<()> {
        // References are looked at now: tables with work of that kind left cannot be changed.
        run(&mut self.0, sqlx::query("SET CONSTRAINTS ALL IMMEDIATE")).await?;
        for table in self.tables().await? {
            self.trigger(&table.name, "ENABLE").await?;
        }
        within(self.0.commit()).await.map_err(failed)
    }
}

impl Rows {
    async fn trigger(&mut self, table: &str, what: &str) -> Result<()> {
        let sql = format!("ALTER TABLE {table} {what} TRIGGER USER");
        run(&mut self.0, sqlx::query(AssertSqlSafe(sql))).await?;
        Ok(())
    }
}

/// From the table's, the column's and the type's name.
fn column(row: &[String]) -> Option<Column> {
    let kind = match row.get(2)?.as_str() {
        "bigint" => CellKind::Whole,
        "bytea" => CellKind::Bytes,
        _ => CellKind::Text,
    };
    Some(Column { name: row.get(1)?.clone(), kind })
}

fn cell(row: &PgRow, column: &Column) -> Result<Cell> {
    let name = column.name.as_str();
    let cell = match column.kind {
        CellKind::Whole => row.try_get::<Option<i64>, _>(name).map(|cell| cell.map(Cell::Whole)),
        CellKind::Text => row.try_get::<Option<String>, _>(name).map(|cell| cell.map(Cell::Text)),
        CellKind::Bytes => row.try_get::<Option<Vec<u8>>, _>(name).map(|cell| cell.map(Cell::Bytes)),
    };
    Ok(cell.map_err(failed)?.unwrap_or(Cell::Null))
}

fn names<'c>(sql: &mut QueryBuilder<Postgres>, columns: impl Iterator<Item = &'c Column>) {
    let mut names = sql.separated(", ");
    for column in columns {
        names.push(&column.name);
    }
}
