//! Where a database is, as a person writes it: `postgres://user:password@host:port/database?sslmode=require`.

use super::tls::{self, Tls};
use crate::StoreError;
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// A database, and how to get in.
#[derive(Debug)]
pub struct Address {
    pub config: Config,
    pub tls: Tls,
    /// For messages: without the password.
    pub place: String,
}

impl Address {
    /// Understands an address. A password that is not in it is taken from the variable `PGPASSWORD`.
    ///
    /// # Errors
    /// When it is no address, or asks for a kind of encryption that there is not.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let (plain, asked) = take_tls_parameters(text);
        let not_an_address = |why: String| StoreError::NotAStore { place: without_password(text), why };
        let mut config: Config = plain.parse().map_err(|e: tokio_postgres::Error| {
            let cause = std::error::Error::source(&e).map_or_else(|| e.to_string(), ToString::to_string);
            not_an_address(format!(
                "it is not the address of a database ({cause}). Write it as postgres://USER:PASSWORD@HOST:5432/DATABASE, \
                 with %40 for an @ in the password"
            ))
        })?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(not_an_address("it names no host; write postgres://USER@HOST/DATABASE".into()));
        }
        if config.get_password().is_none()
            && let Ok(password) = std::env::var("PGPASSWORD")
        {
            config.password(password);
        }
        let tls = match asked.mode.as_deref() {
            None | Some("disable") => Tls::Off,
            Some("require" | "verify-full") => {
                tls::verified(asked.root.as_deref()).map_err(not_an_address)?
            }
            Some(other) => {
                return Err(not_an_address(format!(
                    "there is no sslmode={other}: write sslmode=require for a connection that is encrypted and whose \
                     certificate is checked, or sslmode=disable"
                )));
            }
        };
        config.ssl_mode(if matches!(tls, Tls::Off) { SslMode::Disable } else { SslMode::Require });
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        if config.get_application_name().is_none() {
            config.application_name("assetmap");
        }
        config.keepalives_idle(Duration::from_secs(30)).tcp_user_timeout(Duration::from_secs(30));
        let place = place(&config);
        Ok(Self { config, tls, place })
    }
}

/// What an address asks for that the client library does not know.
#[derive(Default)]
struct Asked {
    mode: Option<String>,
    root: Option<String>,
}

/// Takes `sslmode` and `sslrootcert` out of an address.
fn take_tls_parameters(text: &str) -> (String, Asked) {
    let mut asked = Asked::default();
    let Some((address, parameters)) = text.split_once('?') else { return (text.to_owned(), asked) };
    let mut others = Vec::new();
    for parameter in parameters.split('&') {
        match parameter.split_once('=') {
            Some(("sslmode", mode)) => asked.mode = Some(mode.to_owned()),
            Some(("sslrootcert", path)) => asked.root = Some(path.replace("%2F", "/").replace("%20", " ")),
            _ => others.push(parameter),
        }
    }
    let others = others.join("&");
    (if others.is_empty() { address.to_owned() } else { format!("{address}?{others}") }, asked)
}

fn place(config: &Config) -> String {
    let user = config.get_user().map(|user| format!("{user}@")).unwrap_or_default();
    let hosts: Vec<String> = config
        .get_hosts()
        .iter()
        .enumerate()
        .map(|(n, host)| {
            let name = match host {
                Host::Tcp(name) => name.clone(),
                #[cfg(unix)]
                Host::Unix(path) => path.display().to_string(),
            };
            let ports = config.get_ports();
            let port = ports.get(n).or(ports.first()).copied().unwrap_or(5432);
            if port == 5432 { name } else { format!("{name}:{port}") }
        })
        .collect();
    let database = config.get_dbname().or(config.get_user()).unwrap_or_default();
    format!("postgres://{user}{}/{database}", hosts.join(","))
}

/// An address that could not be understood, for a message: what may be a password is left out.
fn without_password(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return "this address".into() };
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = host.split('?').next().unwrap_or_default();
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_of(text: &str) -> String {
        Address::parse(text).map_or_else(|e| e.to_string(), |a| a.place)
    }

    #[test]
    fn places_are_named_without_passwords() {
        for (text, place) in [
            ("postgres://ann:SECRET@db.example.org/assets", "postgres://ann@db.example.org/assets"),
            ("postgresql://ann:SECRET@db:5433/assets?connect_timeout=3", "postgres://ann@db:5433/assets"),
            ("postgres://ann:SECRET@one,two/assets?sslmode=disable", "postgres://ann@one,two/assets"),
            ("postgres://ann:S%40CRET@[::1]/assets", "postgres://ann@::1/assets"),
        ] {
            assert_eq!(place_of(text), place);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_in_words_that_keep_the_password() {
        for (text, expected) in [
            ("postgres://ann:SECRET@db:port/assets", "it is not the address of a database"),
            ("postgres://ann:SECRET@db/assets?sslmod=require", "it is not the address of a database"),
            ("postgres:///assets?user=ann&password=SECRET", "it names no host"),
            ("postgres://ann:SECRET@db/assets?sslmode=prefer", "there is no sslmode=prefer"),
            ("postgres://ann:SECRET@db/assets?sslmode=require&sslrootcert=/none.pem", "/none.pem"),
        ] {
            let found = place_of(text);
            assert!(found.contains(expected), "{found}");
            assert!(!found.contains("SECRET"), "{found}");
        }
    }
}
