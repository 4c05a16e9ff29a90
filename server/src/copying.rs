//! Copying an installation from one database into another, and making sure of every row.

use anyhow::{Context as _, Result, bail, ensure};
use storage::rows::{Cells, RowReader, RowWriter, Table};
use vault::sha256;

/// How many rows are held at a time. With some thirty columns, both databases take as many values in one statement.
const PART: u32 = 500;

/// What was copied of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The table.
    pub table: String,
    /// How many rows.
    pub rows: u64,
    /// The SHA-256 of all of them, in order.
    pub hash: [u8; 32],
}

/// Copies every row, then reads each anew on both sides and compares them; kept only when all are equal.
///
/// # Errors
/// Names the table that cannot be copied, or whose rows are not equal afterwards. Nothing is kept then.
pub async fn copy(from: &mut dyn RowReader, mut to: Box<dyn RowWriter>) -> Result<Vec<Copied>> {
    let tables = from.tables().await.context("could not find the tables to copy")?;
    let theirs = to.tables().await.context("could not find the tables to copy into")?;
    if let Some(table) =
        tables.iter().chain(&theirs).find(|table| !tables.contains(table) || !theirs.contains(table))
    {
        bail!("table {} is not the same in both databases", table.name);
    }
    for table in &tables {
        let mut last: Option<Cells> = None;
        loop {
            let rows = from.rows(table, last.as_ref(), PART).await;
            let rows = rows.with_context(|| format!("could not read table {}", table.name))?;
            let Some(end) = rows.last() else { break };
            to.add(table, &rows).await.with_context(|| format!("could not write table {}", table.name))?;
            last = Some(end.clone());
        }
    }
    let mut copied = Vec::new();
    for table in &tables {
        copied.push(compared(table, from, &mut *to).await?);
    }
    to.commit().await.context("could not keep what was copied")?;
    Ok(copied)
}

/// Reads the table on both sides, row by row.
async fn compared(table: &Table, from: &mut dyn RowReader, to: &mut dyn RowWriter) -> Result<Copied> {
    let name = &table.name;
    let (mut rows, mut hash) = (0_u64, [0; 32]);
    let mut last: Option<Cells> = None;
    loop {
        let ours = from.rows(table, last.as_ref(), PART).await;
        let ours = ours.with_context(|| format!("could not read table {name}"))?;
        let theirs = to.rows(table, last.as_ref(), PART).await;
        let theirs = theirs.with_context(|| format!("could not read table {name} again"))?;
        ensure!(
            ours.len() == theirs.len(),
            "table {name} has not as many rows in the copy: nothing was kept"
        );
        for (one, other) in ours.iter().zip(&theirs) {
            rows += 1;
            let (one, other) = (row_hash(one), row_hash(other));
            ensure!(one == other, "row {rows} of table {name} is another in the copy: nothing was kept");
            hash = sha256(&[hash, one].concat());
        }
        match ours.last() {
            Some(end) => last = Some(end.clone()),
            None => return Ok(Copied { table: name.clone(), rows, hash }),
        }
    }
}

fn row_hash(row: &Cells) -> [u8; 32] {
    let mut form = Vec::new();
    row.iter().for_each(|cell| cell.write(&mut form));
    sha256(&form)
}
