//! Encrypted connections: the server's certificate is always checked, against a given root or those of the system.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Whether a connection is encrypted.
#[derive(Clone)]
pub enum Tls {
    /// It is not.
    Off,
    /// It is, and we know to whom.
    Verified(MakeRustlsConnect),
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Off) { "off" } else { "verified" })
    }
}

/// Trusts the roots in a PEM file, or those of the system.
///
/// # Errors
/// When there are none, in words.
pub fn verified(root: Option<&str>) -> Result<Tls, String> {
    let mut roots = RootCertStore::empty();
    match root {
        Some(path) => {
            let unreadable =
                |why: String| format!("the certificates in sslrootcert={path} can't be read: {why}");
            let found = CertificateDer::pem_file_iter(path).map_err(|e| unreadable(e.to_string()))?;
            for certificate in found {
                let certificate = certificate.map_err(|e| unreadable(e.to_string()))?;
                roots.add(certificate).map_err(|e| unreadable(e.to_string()))?;
            }
        }
        None => _ = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs),
    }
    if roots.is_empty() {
        let none = "this system has no root certificates to check the server's by: name a PEM file with \
                    sslrootcert=FILE";
        return Err(root.map_or_else(|| none.to_owned(), |path| format!("there is no certificate in {path}")));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Tls::Verified(MakeRustlsConnect::new(config)))
}
