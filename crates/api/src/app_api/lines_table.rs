//! The lines of a ledger as a table. All of them may be more than memory should hold: they are read while they are sent, no
//! faster than whoever asked takes them.

use crate::AppState;
use crate::ogc::csv;
use crate::problem::Problem;
use crate::spend::Money;
use app::money::{Ask, Cursor, PageOfLines, Shown, Turn};
use axum::body::Body;
use futures_util::stream::{self, StreamExt};
use std::future::ready;
use std::io;
use std::sync::Arc;

/// The columns of the table.
const COLUMNS: [&str; 22] = [
    "id",
    "date",
    "share_pence",
    "pence",
    "payer",
    "payee",
    "payee_standing",
    "unit",
    "category",
    "purpose",
    "reference",
    "service",
    "class",
    "method",
    "certainty",
    "rule",
    "voluntary",
    "kind",
    "basis",
    "source",
    "file",
    "row",
];

/// What a table of all lines is read from.
struct Source {
    state: AppState,
    money: Money,
    ask: Ask,
    code: String,
    start: Turn,
}

impl Source {
    /// The lines after one, or the first.
    async fn read(&self, after: Option<Cursor>) -> Result<PageOfLines, Problem> {
        let turn = Turn { after, ..self.start };
        Ok(self.money.lines(&self.state, &self.ask, &self.code, turn).await??)
    }
}

/// All lines from a start, so many read at a time. What is wrong with the question is said before anything is sent; when
/// lines can't be read later the answer breaks off, so that a part is not taken for the whole.
pub(super) async fn all(
    state: &AppState,
    money: Money,
    ask: Ask,
    code: String,
    start: Turn,
) -> Result<Body, Problem> {
    let source = Arc::new(Source { state: state.clone(), money, ask, code, start });
    let first = source.read(start.after).await?;
    let more = stream::try_unfold(first.next, move |after| {
        let source = source.clone();
        async move {
            if after.is_none() {
                return Ok(None);
            }
            let page = source.read(after).await.map_err(broken_off)?;
            Ok(Some((csv::rows(page.lines.iter().map(row)), page.next)))
        }
    });
    let first = Ok::<_, io::Error>(page(&first.lines));
    Ok(Body::from_stream(stream::once(ready(first)).chain(more)))
}

/// These lines, with the head of the table.
pub(super) fn page(lines: &[Shown]) -> Vec<u8> {
    csv::table(&COLUMNS, lines.iter().map(row))
}

fn row(line: &Shown) -> Vec<String> {
    let line = line.to_json();
    COLUMNS.iter().map(|column| csv::cell(line.get(column))).collect()
}

fn broken_off(problem: Problem) -> io::Error {
    tracing::warn!(why = problem.detail(), "a table of lines breaks off");
    io::Error::other(problem.detail().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spend::fixture::{SMALL, WARD, state};
    use app::money::Order;

    /// The table, read so many lines at a time, and in how many pieces it was sent.
    fn table(order: Order, at_once: usize) -> (Vec<u8>, usize) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let state = state();
            let start = Turn { order, after: None, limit: at_once };
            let body = all(&state, Money::of(&state), Ask::default(), WARD.into(), start).await.unwrap();
            let pieces: Vec<_> = body.into_data_stream().map(Result::unwrap).collect().await;
            (pieces.concat(), pieces.len())
        })
    }

    #[test]
    fn a_table_that_is_read_in_pieces_is_the_same_table() {
        for order in Order::ALL {
            let (whole, pieces) = table(order, 1_000);
            assert_eq!(pieces, 1);
            assert_eq!(csv_rows(&whole), SMALL + 5);
            for at_once in [1, 7, SMALL + 5] {
                let (table, pieces) = table(order, at_once);
                assert_eq!(table, whole, "{at_once} at once, {order:?}");
                assert_eq!(pieces, (SMALL + 5).div_ceil(at_once));
            }
        }
    }

    fn csv_rows(table: &[u8]) -> usize {
        ::csv::Reader::from_reader(table).records().map(Result::unwrap).count()
    }

    #[test]
    fn what_is_wrong_is_said_before_anything_is_sent() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let problem = runtime.block_on(async {
            let state = state();
            let start = Turn { order: Order::Amount, after: None, limit: 5 };
            all(&state, Money::of(&state), Ask::default(), "E05000000".into(), start).await.err()
        });
        assert_eq!(problem.map(|problem| problem.status()), Some(axum::http::StatusCode::NOT_FOUND));
    }
}
