//! One connection, asked from any thread.

use super::address::Address;
use super::cells::CopyRows;
use super::error::from_postgres;
use super::listen::Heard;
use super::tls::Tls;
use super::wait::{runtime, wait};
use crate::StoreError;
use bytes::Bytes;
use futures_util::{SinkExt, TryStreamExt};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, NoTls, Row};

/// What every connection starts with. Names are looked up where PostGIS is and nowhere else; ours are written with
/// their schema. A question may take half a minute, and waits ten seconds for a lock.
const START: &str = "
    SET statement_timeout = '30s';
    SET lock_timeout = '10s';
    SET TimeZone = 'UTC';
    SELECT set_config('search_path', 'pg_catalog, ' || quote_ident(nspname), false)
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'postgis';";

/// Values for the `$1`, `$2` … of a statement.
pub type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A connection; closed when dropped. What was not committed on it is gone then.
pub struct Connection {
    pub client: Client,
    pub place: Arc<str>,
}

impl Connection {
    /// # Errors
    /// [`StoreError::Unavailable`] when nobody answers, [`StoreError::NotLetIn`] when the database does not want us.
    pub fn open(address: &Address) -> Result<Self, StoreError> {
        Self::hearing(address, Arc::default())
    }

    /// As [`open`](Self::open), with somebody who hears of notifications and of the connection's end.
    pub fn hearing(address: &Address, heard: Arc<Heard>) -> Result<Self, StoreError> {
        let doing = "connecting to the database";
        let runtime = runtime().map_err(StoreError::io("starting a thread for the database"))?;
        let (config, tls) = (address.config.clone(), address.tls.clone());
        let connecting = runtime.spawn(async move {
            // The connection is driven by a task of its own and ends with its client, or with the database.
            match tls {
                Tls::Off => {
                    let (client, connection) = config.connect(NoTls).await?;
                    tokio::spawn(drive(connection, heard));
                    Ok(client)
                }
                Tls::Verified(tls) => {
                    let (client, connection) = config.connect(tls).await?;
                    tokio::spawn(drive(connection, heard));
                    Ok(client)
                }
            }
        });
        let place: Arc<str> = address.place.as_str().into();
        let client = wait(connecting)
            .map_err(|e| StoreError::Unavailable { place: place.to_string(), why: e.to_string() })?
            .map_err(|e| from_postgres(doing, &place, &e))?;
        let connection = Self { client, place };
        connection.batch(START, doing)?;
        Ok(connection)
    }

    /// Whether the database still answers on it.
    pub fn is_alive(&self) -> bool {
        !self.client.is_closed() && wait(self.client.check_connection()).is_ok()
    }

    pub fn batch(&self, sql: &str, doing: &'static str) -> Result<(), StoreError> {
        self.said(wait(self.client.batch_execute(sql)), doing)
    }

    /// Gives the number of rows that were changed.
    pub fn execute(&self, sql: &str, params: Params<'_>, doing: &'static str) -> Result<u64, StoreError> {
        self.said(wait(self.client.execute(sql, params)), doing)
    }

    pub fn one(&self, sql: &str, params: Params<'_>, doing: &'static str) -> Result<Row, StoreError> {
        self.said(wait(self.client.query_one(sql, params)), doing)
    }

    pub fn all(&self, sql: &str, params: Params<'_>, doing: &'static str) -> Result<Vec<Row>, StoreError> {
        self.said(wait(self.client.query(sql, params)), doing)
    }

    /// Calls `visit` with each row as it arrives, so that an answer may be larger than memory. After an error the
    /// connection is of no more use.
    pub fn each(
        &self,
        sql: &str,
        params: Params<'_>,
        doing: &'static str,
        mut visit: impl FnMut(&Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let params = params.iter().copied();
        let mut rows = pin!(self.said(wait(self.client.query_raw(sql, params)), doing)?);
        while let Some(row) = self.said(wait(rows.try_next()), doing)? {
            visit(&row)?;
        }
        Ok(())
    }

    /// Copies rows into a table, named with its columns.
    pub fn copy_in(&self, into: &str, rows: CopyRows, doing: &'static str) -> Result<(), StoreError> {
        let copy = format!("COPY {into} FROM STDIN (FORMAT binary)");
        let mut sink = pin!(self.said(wait(self.client.copy_in(&copy)), doing)?);
        let whole = [CopyRows::HEAD, &rows.into_bytes(), CopyRows::END].concat();
        self.said(wait(sink.send(Bytes::from(whole))), doing)?;
        self.said(wait(sink.finish()), doing).map(drop)
    }

    fn said<T>(
        &self,
        answer: Result<T, tokio_postgres::Error>,
        doing: &'static str,
    ) -> Result<T, StoreError> {
        answer.map_err(|e| from_postgres(doing, &self.place, &e))
    }
}

/// Moves bytes until the connection ends, with its client or with the database.
async fn drive<S, T>(mut connection: tokio_postgres::Connection<S, T>, heard: Arc<Heard>)
where
    S: AsyncRead + AsyncWrite + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
        if matches!(message, AsyncMessage::Notification(_)) {
            heard.again();
        }
    }
    heard.end();
}
