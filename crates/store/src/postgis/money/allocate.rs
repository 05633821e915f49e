use super::super::cells::CopyRows;
use super::super::connection::Connection;
use super::super::{publish, read};
use crate::money::rows::{PLACED, PLACED_WIDTH, put_placed};
use crate::rows::of;
use crate::{Allocation, NewAllocation, Placed, StoreError, Weights, tally};
use model::AreaCode;

const DOING: &str = "keeping where money is placed";

pub fn allocate(
    connection: &Connection,
    new: &NewAllocation,
    weights: &[Weights],
    placed: &[(u64, Placed)],
) -> Result<Allocation, StoreError> {
    let changed = stage(connection, placed)?;
    connection.batch(publish::BEGIN, DOING)?;
    let last = connection.one("SELECT coalesce(max(allocation), 0) FROM assetmap.allocations", &[], DOING)?;
    let allocation = Allocation {
        allocation: last.get::<_, i64>(0) as u64 + 1,
        at: tally::now(),
        revision: read::revision(connection)? + 1,
        rules_version: new.rules_version.clone(),
        rules: new.rules.clone(),
        options: new.options.clone(),
        lines: placed.len() as u64,
        changed,
    };
    insert_allocation(connection, &allocation)?;
    weights.iter().try_for_each(|set| insert_weights(connection, set))?;
    let number = allocation.allocation;
    connection.batch(
        &format!(
            "UPDATE assetmap.placements SET until = {number} WHERE until IS NULL
               AND (spend_fid IN (SELECT spend_fid FROM placed_anew)
                    OR spend_fid NOT IN (SELECT spend_fid FROM stage_placement));
             INSERT INTO assetmap.placements (spend_fid, {PLACED}, since)
             SELECT s.spend_fid, {}, {number} FROM stage_placement s JOIN placed_anew USING (spend_fid);
             UPDATE assetmap.store SET money_revision = {}",
            of("s", PLACED),
            allocation.revision
        ),
        DOING,
    )?;
    publish::revision(connection, allocation.revision)?;
    connection.batch("COMMIT; ANALYZE assetmap.placements", DOING)?;
    Ok(allocation)
}

/// Sends the placements to the database, and says how many differ from those that hold.
fn stage(connection: &Connection, placed: &[(u64, Placed)]) -> Result<u64, StoreError> {
    connection.batch(
        &format!(
            "SET statement_timeout = 0;
             CREATE TEMP TABLE stage_placement AS SELECT spend_fid, {PLACED} FROM assetmap.placements WITH NO DATA"
        ),
        DOING,
    )?;
    let mut rows = CopyRows::of(1 + PLACED_WIDTH);
    for (number, placed) in placed {
        rows.start_row();
        rows.whole(*number);
        put_placed(&mut rows, placed).map_err(|_| HAS_NUL)?;
    }
    connection.copy_in("stage_placement", rows, DOING)?;
    // JSON has no equality of its own; this is our own text, written one way.
    let same = PLACED.split(", ").map(|column| match column {
        "target" => "p.target::text = s.target::text".to_owned(),
        column => format!("p.{column} IS NOT DISTINCT FROM s.{column}"),
    });
    let same = same.collect::<Vec<_>>().join(" AND ");
    connection.batch(
        &format!(
            "ANALYZE stage_placement;
             CREATE TEMP TABLE placed_anew AS
             SELECT s.spend_fid FROM stage_placement s
             LEFT JOIN assetmap.placements p ON p.spend_fid = s.spend_fid AND p.until IS NULL AND {same}
             WHERE p.spend_fid IS NULL;
             ANALYZE placed_anew"
        ),
        DOING,
    )?;
    let row = connection.one("SELECT count(*) FROM placed_anew", &[], DOING)?;
    Ok(row.get::<_, i64>(0) as u64)
}

/// What is said of a placement that PostgreSQL cannot hold.
pub const HAS_NUL: StoreError = StoreError::Misused { why: "a placement holds the character NUL" };

/// Records a past allocation.
pub fn insert_allocation(connection: &Connection, new: &Allocation) -> Result<(), StoreError> {
    let sql = "INSERT INTO assetmap.allocations (allocation, at, revision, rules_version, rules, options, lines, changed)
               VALUES ($1, $2::text::timestamptz, $3, $4, $5, $6::text::json, $7, $8)";
    let number = |number: u64| number as i64;
    let Allocation { allocation, at, revision, rules_version, rules, options, lines, changed } = new;
    connection
        .execute(
            sql,
            &[
                &number(*allocation),
                at,
                &number(*revision),
                rules_version,
                rules,
                options,
                &number(*lines),
                &number(*changed),
            ],
            DOING,
        )
        .map(drop)
}

/// Keeps weights, unless they are kept already.
pub fn insert_weights(connection: &Connection, set: &Weights) -> Result<(), StoreError> {
    let scope: Vec<&str> = set.scope.iter().map(AreaCode::as_str).collect();
    let weights = serde_json::to_string(&set.weights).expect("codes and numbers are JSON");
    let sql =
        "INSERT INTO assetmap.weight_sets VALUES ($1, $2, $3, $4, $5::text::json) ON CONFLICT DO NOTHING";
    connection.execute(sql, &[&set.id, &set.name, &i32::from(set.year), &scope, &weights], DOING).map(drop)
}
