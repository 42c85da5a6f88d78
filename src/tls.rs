//! Whom TLS trusts: the certificates of the system, read once and at the first handshake that needs them, or those of a file.

use std::path::Path;
use std::sync::Arc;

use once_cell::sync::OnceCell;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::error::Error;

/// What is told of a system without certificates.
const NO_CERTIFICATES: &str =
    "this server has no CA certificates; install them (Debian: ca-certificates) or set creators_api.ca_file";

/// The configuration of every client with the same trust.
///
/// # Errors
///
/// [`Error::CaFile`] where the file cannot be read or holds no certificate, [`Error::Client`] where TLS cannot be set up.
pub fn config(ca_file: Option<&Path>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::Client(e.to_string()))?;
    let mut config = match ca_file {
        Some(path) => builder.with_root_certificates(certificates_of(path)?).with_no_client_auth(),
        None => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(System { provider, verifier: OnceCell::new() }))
            .with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn certificates_of(path: &Path) -> Result<RootCertStore, Error> {
    let problem = |problem: String| Error::CaFile { path: path.to_owned(), problem };
    let pem = std::fs::read(path).map_err(|e| problem(e.to_string()))?;
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|e| problem(e.to_string()))?;
        store.add(certificate).map_err(|e| problem(e.to_string()))?;
    }
    if store.is_empty() { Err(problem("it holds no certificate".to_owned())) } else { Ok(store) }
}

/// The system's verifier, made when it is first asked: reading the certificates takes some milliseconds.
#[derive(Debug)]
struct System {
    provider: Arc<CryptoProvider>,
    verifier: OnceCell<Verifier>,
}

impl ServerCertVerifier for System {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier
            .get_or_try_init(|| Verifier::new(Arc::clone(&self.provider)))
            .map_err(|_| rustls::Error::General(NO_CERTIFICATES.to_owned()))?
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
