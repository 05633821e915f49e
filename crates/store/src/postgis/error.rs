//! What PostgreSQL refuses, in words that help. Its details are left out: they may quote rows.

use crate::StoreError;
use std::error::Error as _;
use tokio_postgres::error::SqlState;

pub fn from_postgres(doing: &'static str, place: &str, error: &tokio_postgres::Error) -> StoreError {
    let unavailable = |why: String| StoreError::Unavailable { place: place.to_owned(), why };
    let Some(refused) = error.as_db_error() else {
        let cause = error.source().map(ToString::to_string);
        let why = cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
        return match NotAnswered::of(error) {
            NotAnswered::Unreachable => unavailable(why),
            NotAnswered::NotTrusted => StoreError::NotLetIn { place: place.to_owned(), why },
            NotAnswered::Otherwise => StoreError::Database { doing, why },
        };
    };
    let (code, message) = (refused.code(), refused.message().to_owned());
    let busy = || StoreError::Busy { place: place.to_owned() };
    match *code {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            StoreError::NotLetIn { place: place.to_owned(), why: message }
        }
        SqlState::UNDEFINED_DATABASE => StoreError::NotAStore {
            place: place.to_owned(),
            why: format!("{message}. Make it first: CREATE DATABASE, or the program createdb"),
        },
        SqlState::CANNOT_CONNECT_NOW
        | SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::DATABASE_DROPPED
        | SqlState::TOO_MANY_CONNECTIONS
        | SqlState::QUERY_CANCELED
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => unavailable(message),
        SqlState::LOCK_NOT_AVAILABLE => busy(),
        SqlState::DISK_FULL | SqlState::OUT_OF_MEMORY => StoreError::DiskFull { doing },
        SqlState::INSUFFICIENT_PRIVILEGE | SqlState::READ_ONLY_SQL_TRANSACTION => {
            StoreError::Forbidden { doing, why: message }
        }
        _ if code.code().starts_with("08") => unavailable(message),
        _ => StoreError::Database { doing, why: message },
    }
}

/// What kind of error it is that did not come from the database.
enum NotAnswered {
    Unreachable,
    NotTrusted,
    Otherwise,
}

impl NotAnswered {
    fn of(error: &tokio_postgres::Error) -> Self {
        let said = error.to_string();
        let starts = |words: &[&str]| words.iter().any(|word| said.starts_with(word));
        if error.is_closed()
            || starts(&["error connecting", "error communicating", "timeout waiting", "connection closed"])
        {
            Self::Unreachable
        } else if starts(&["error performing TLS handshake", "authentication error", "invalid configuration"])
        {
            Self::NotTrusted
        } else {
            Self::Otherwise
        }
    }
}
