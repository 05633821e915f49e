use super::super::columns::insert;
use super::super::connection::Writer;
use super::super::{guard, metadata, read, sealed};
use crate::error::Doing;
use crate::money::rows::{PLACED, PLACED_WIDTH, put_placed};
use crate::{Allocation, NewAllocation, Placed, StoreError, Weights, tally};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

const DOING: &str = "keeping where money is placed";

pub fn allocate(
    writer: Writer,
    new: &NewAllocation,
    weights: &[Weights],
    placed: &[(u64, Placed)],
) -> Result<Allocation, StoreError> {
    let conn = &writer.conn;
    let changed = stage(conn, placed)?;
    let revision = read::revision(conn)? + 1;
    let twin = conn.unchecked_transaction().doing(DOING)?;
    sealed::stamp(&twin, revision)?;
    twin.commit().doing(DOING)?;
    let tx = Transaction::new_unchecked(conn, TransactionBehavior::Immediate).doing(DOING)?;
    guard::open(&tx)?;
    let last = "SELECT coalesce(max(allocation), 0) FROM main.allocations";
    let allocation = Allocation {
        allocation: tx.query_row(last, [], |row| row.get::<_, u64>(0)).doing(DOING)? + 1,
        at: tally::now(),
        revision,
        rules_version: new.rules_version.clone(),
        rules: new.rules.clone(),
        options: new.options.clone(),
        lines: placed.len() as u64,
        changed,
    };
    put(&tx, &allocation, weights)?;
    guard::close(&tx)?;
    tx.commit().doing(DOING)?;
    writer.tidy_up();
    Ok(allocation)
}

/// Writes the placements to the staging file, and says how many differ from those that hold.
fn stage(conn: &Connection, placed: &[(u64, Placed)]) -> Result<u64, StoreError> {
    let tx = conn.unchecked_transaction().doing(DOING)?;
    tx.execute_batch(&format!(
        "CREATE TABLE stage.placement (spend_fid INTEGER PRIMARY KEY, {PLACED});
         CREATE TABLE stage.placed_anew (spend_fid INTEGER PRIMARY KEY);
         CREATE TABLE stage.placement_over (fid INTEGER PRIMARY KEY);"
    ))
    .doing(DOING)?;
    let columns = format!("spend_fid, {PLACED}");
    for (number, placed) in placed {
        insert(&tx, "INSERT INTO stage.placement", &columns, 1 + PLACED_WIDTH, DOING, |row| {
            row.bind(number)?;
            put_placed(row, placed)
        })?;
    }
    let same = PLACED.split(", ").map(|column| format!("p.{column} IS s.{column}")).collect::<Vec<_>>();
    let same = same.join(" AND ");
    tx.execute_batch(&format!(
        "INSERT INTO stage.placed_anew
         SELECT s.spend_fid FROM stage.placement s
         LEFT JOIN main.placements p ON p.spend_fid = s.spend_fid AND p.until IS NULL AND {same}
         WHERE p.fid IS NULL;
         INSERT INTO stage.placement_over
         SELECT p.fid FROM main.placements p
         WHERE p.until IS NULL AND (p.spend_fid IN (SELECT spend_fid FROM stage.placed_anew)
                                    OR p.spend_fid NOT IN (SELECT spend_fid FROM stage.placement));"
    ))
    .doing(DOING)?;
    let changed =
        tx.query_row("SELECT count(*) FROM stage.placed_anew", [], |row| row.get(0)).doing(DOING)?;
    tx.commit().doing(DOING)?;
    Ok(changed)
}

fn put(tx: &Transaction<'_>, new: &Allocation, weights: &[Weights]) -> Result<(), StoreError> {
    insert_allocation(tx, new)?;
    weights.iter().try_for_each(|set| insert_weights(tx, set))?;
    let over = "UPDATE main.placements SET until = ?1 WHERE fid IN (SELECT fid FROM stage.placement_over)";
    tx.execute(over, [new.allocation]).doing(DOING)?;
    let anew = format!(
        "INSERT INTO main.placements (spend_fid, {PLACED}, since)
         SELECT spend_fid, {PLACED}, ?1 FROM stage.placement
         WHERE spend_fid IN (SELECT spend_fid FROM stage.placed_anew) ORDER BY spend_fid"
    );
    tx.execute(&anew, [new.allocation]).doing(DOING)?;
    let state = "UPDATE main.assetmap_store SET revision = ?1, money_revision = ?1";
    tx.execute(state, [new.revision]).doing(DOING)?;
    let tables = ["allocations", "weight_sets", "placements"];
    tables.iter().try_for_each(|table| metadata::touch(tx, table, &new.at))
}

/// Records a past allocation.
pub fn insert_allocation(conn: &Connection, new: &Allocation) -> Result<(), StoreError> {
    let sql = "INSERT INTO main.allocations (allocation, at, revision, rules_version, rules, options, lines, changed)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let Allocation { allocation, at, revision, rules_version, rules, options, lines, changed } = new;
    conn.execute(sql, params![allocation, at, revision, rules_version, rules, options, lines, changed])
        .doing(DOING)
        .map(drop)
}

/// Keeps weights, unless they are kept already.
pub fn insert_weights(conn: &Connection, set: &Weights) -> Result<(), StoreError> {
    let scope = set.scope.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(",");
    let weights = serde_json::to_string(&set.weights).expect("codes and numbers are JSON");
    let sql =
        "INSERT OR IGNORE INTO main.weight_sets (id, name, year, scope, weights) VALUES (?1, ?2, ?3, ?4, ?5)";
    conn.execute(sql, params![set.id, set.name, set.year, scope, weights]).doing(DOING).map(drop)
}
