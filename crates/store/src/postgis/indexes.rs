//! Many new rows at once: an index that is made at the end is much faster than one that is kept all the while.

use super::compare::All;
use super::connection::Connection;
use crate::StoreError;

const DOING: &str = "making indexes";

/// Fewer new rows than this are not worth it.
const MANY: u64 = 20_000;

/// Puts rows into tables, without their indexes where most of the rows will be new; then they are made anew as they
/// were. Others cannot read such a table meanwhile, so this is for first loads only, and not when somebody is reading
/// or when the table is not ours to change.
pub fn made_anew(
    connection: &Connection,
    tables: &[&str],
    created: u64,
    put: impl FnOnce() -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut definitions = Vec::new();
    for table in tables.iter().filter(|_| created > MANY) {
        definitions.extend(drop_indexes(connection, table, created)?);
    }
    put()?;
    if !definitions.is_empty() {
        connection.batch("SET LOCAL maintenance_work_mem = '256MB'", DOING)?;
        connection.batch(&definitions.join(";"), DOING)?;
    }
    Ok(())
}

/// How the indexes that were dropped are made.
fn drop_indexes(connection: &Connection, table: &str, created: u64) -> Result<Vec<String>, StoreError> {
    let most_are_new = format!(
        "SELECT pg_has_role(relowner, 'USAGE') AND (SELECT count(*) FROM (SELECT FROM {table} LIMIT $1) t) < $1 / 2
         FROM pg_class WHERE oid = '{table}'::regclass"
    );
    if !connection.one(&most_are_new, &[&(created as i64)], DOING)?.get::<_, bool>(0) {
        return Ok(Vec::new());
    }
    let indexes = format!(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
         WHERE indrelid = '{table}'::regclass AND NOT indisprimary
           AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)"
    );
    let indexes = connection.all(&indexes, &[], DOING)?;
    let names: Vec<&str> = indexes.iter().map(|row| row.get(0)).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    connection.batch("SAVEPOINT indexes; SET LOCAL lock_timeout = '500ms'", DOING)?;
    let dropped = connection.batch(&format!("DROP INDEX {}", names.join(", ")), DOING);
    match dropped {
        Ok(()) => {
            connection.batch("SET LOCAL lock_timeout = '10s'; RELEASE SAVEPOINT indexes", DOING)?;
            Ok(indexes.iter().map(|row| row.get(1)).collect())
        }
        Err(StoreError::Busy { .. }) => {
            connection.batch("ROLLBACK TO SAVEPOINT indexes; RELEASE SAVEPOINT indexes", DOING)?;
            Ok(Vec::new())
        }
        Err(error) => Err(error),
    }
}

/// After many changes, so that the next question is planned for the tables as they are now; and after something was
/// hidden, so that it is not among the frequent values that the planner remembers and an analyst may read. The database
/// does it too, but later; where we may not, it is left to it.
pub fn keep_planner_informed(connection: &Connection, changes: All) {
    for (changes, tables) in [
        (changes.assets, "assetmap.assets, sealed.assets, sealed.correspondence, sealed.raw_rows"),
        (changes.areas, "assetmap.localities"),
        (changes.postcodes, "assetmap.postcodes"),
    ] {
        if changes.created + changes.updated > MANY || changes.hidden > 0 {
            let _ = connection.batch(&format!("ANALYZE {tables}"), DOING);
        }
    }
}
