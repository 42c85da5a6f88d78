//! The HTTP client under every call: TLS trust, time limits, proxy, and answers of a bounded size.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Certificate, Client, ClientBuilder, Proxy, RequestBuilder};

use crate::account::CredentialVersion;
use crate::error::Error;

/// An answer larger than this is refused. Ten products with all their pictures come to about 30 kB.
const MAX_BODY: usize = 4 * 1024 * 1024;

/// A connection idle for longer is not used again; Amazon's front closes idle ones after about a minute.
const POOL_IDLE: Duration = Duration::from_secs(20);

/// Where Amazon is and how long to wait for it. The defaults are Amazon's own hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Base of the catalog, without a slash at its end.
    pub api_endpoint: String,
    /// Takes the place of every version's own URL; `{version}` in it stands for the credential version.
    pub token_endpoint: Option<String>,
    /// PEM file of the only certificates to trust; absent: the system's.
    pub ca_file: Option<PathBuf>,
    /// For the connection, TLS included.
    pub connect_timeout: Duration,
    /// For one call from its start to the last byte of its answer.
    pub timeout: Duration,
    /// Proxy URL; absent: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` of the environment.
    pub proxy: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_endpoint: "https://creatorsapi.amazon".to_owned(),
            token_endpoint: None,
            ca_file: None,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(15),
            proxy: None,
        }
    }
}

impl Settings {
    /// The URL at which a token of this version is asked for.
    #[must_use]
    pub fn token_url(&self, version: CredentialVersion) -> String {
        match &self.token_endpoint {
            Some(url) => url.replace("{version}", version.as_str()),
            None => version.token_endpoint().to_owned(),
        }
    }

    /// The URL of a catalog operation: `getItems`.
    #[must_use]
    pub fn catalog_url(&self, operation: &str) -> String {
        format!("{}/catalog/v1/{operation}", self.api_endpoint.trim_end_matches('/'))
    }
}

/// What came back, read to its end.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The `Retry-After` header, seconds or date.
    pub retry_after: Option<Duration>,
    /// At most [`MAX_BODY`] bytes.
    pub body: Vec<u8>,
}

/// A client and its settings.
#[derive(Debug, Clone)]
pub struct Http {
    client: Client,
    settings: Settings,
    /// The system has no certificates: plain HTTP works, TLS cannot.
    without_certificates: bool,
}

impl Http {
    /// Makes a client.
    ///
    /// # Errors
    ///
    /// [`Error::CaFile`] where the CA file cannot be read or holds no certificate, [`Error::Client`] where the proxy is
    /// no URL or TLS cannot be set up.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        // Another caller may have installed one already; either will do.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let certificates = match &settings.ca_file {
            Some(path) => Some(read_certificates(path)?),
            None => None,
        };
        let without_certificates = certificates.is_none() && builder(&settings)?.build().is_err();
        let trusted = if without_certificates { Some(Vec::new()) } else { certificates };
        let mut builder = builder(&settings)?;
        if let Some(trusted) = trusted {
            builder = builder.tls_certs_only(trusted);
        }
        let client = builder.build().map_err(|e| Error::Client(sentence(&e)))?;
        Ok(Self { client, settings, without_certificates })
    }

    /// What it was made from.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A POST to be filled.
    pub fn post(&self, url: &str) -> RequestBuilder {
        self.client.post(url)
    }

    /// Sends it and reads the whole answer.
    ///
    /// # Errors
    ///
    /// [`Error::Unreachable`], or [`Error::Unreadable`] where the answer is larger than 4 MiB.
    pub async fn send(&self, request: RequestBuilder) -> Result<Reply, Error> {
        let mut response = request.send().await.map_err(|e| self.unreachable(&e, None))?;
        let status = response.status().as_u16();
        let host = response.url().host_str().map(str::to_owned);
        let retry_after = retry_after(response.headers());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| match e.is_decode() {
            true => Error::Unreadable { http_status: status, message: "The answer cannot be unpacked.".to_owned() },
            false => self.unreachable(&e, host.as_deref()),
        })? {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(Error::Unreadable {
                    http_status: status,
                    message: format!("The answer is larger than {MAX_BODY} bytes."),
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, retry_after, body })
    }

    fn unreachable(&self, error: &reqwest::Error, host: Option<&str>) -> Error {
        let host = host.or_else(|| error.url()?.host_str()).unwrap_or("the server").to_owned();
        let what = if error.is_timeout() {
            "no answer in time".to_owned()
        } else if self.without_certificates && error.is_connect() {
            "this server has no CA certificates; install them (Debian: ca-certificates) or set creators_api.ca_file"
                .to_owned()
        } else {
            sentence(error)
        };
        Error::Unreachable {
            message: format!("{host} cannot be reached: {what}"),
            stale_connection: !error.is_timeout() && !error.is_connect(),
        }
    }
}

fn builder(settings: &Settings) -> Result<ClientBuilder, Error> {
    let builder = Client::builder()
        .user_agent(concat!("creators_api-php/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(settings.connect_timeout)
        .timeout(settings.timeout)
        .pool_idle_timeout(POOL_IDLE)
        // A redirect would carry the token to another host.
        .redirect(reqwest::redirect::Policy::none())
        // Every call is counted and paced here; none may be repeated behind our back.
        .retry(reqwest::retry::never());
    match &settings.proxy {
        None => Ok(builder),
        Some(url) => Proxy::all(url)
            .map(|proxy| builder.proxy(proxy))
            .map_err(|e| Error::Client(format!("The proxy cannot be used: {}", sentence(&e)))),
    }
}

fn read_certificates(path: &PathBuf) -> Result<Vec<Certificate>, Error> {
    let problem = |problem: String| Error::CaFile { path: path.clone(), problem };
    let pem = std::fs::read(path).map_err(|e| problem(e.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|e| problem(sentence(&e)))?;
    if certificates.is_empty() {
        return Err(problem("it holds no certificate".to_owned()));
    }
    Ok(certificates)
}

/// An error and what caused it, without the URL.
fn sentence(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        causes.push(cause.to_string());
        source = cause.source();
    }
    match causes.last() {
        // The innermost cause is the one that a person can act upon: "Connection refused (os error 111)".
        Some(root) => root.clone(),
        None => error.to_string(),
    }
}

/// `Retry-After` as seconds or as an HTTP date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}

/// Unix seconds now.
#[must_use]
pub fn unix_now() -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn headers(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        assert_eq!(retry_after(&headers(" 7 ")), Some(Duration::from_secs(7)));
        let later = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(100));
        let wait = retry_after(&headers(&later)).unwrap();
        assert!((95..=100).contains(&wait.as_secs()), "{wait:?}");
        assert_eq!(retry_after(&headers("Wed, 21 Oct 2015 07:28:00 GMT")), Some(Duration::ZERO));
        assert_eq!(retry_after(&headers("soon")), None);
    }

    #[test]
    fn a_token_endpoint_of_ones_own_takes_the_place_of_every_version() {
        let version = CredentialVersion::parse("3.2").unwrap();
        let mut settings = Settings::default();
        assert_eq!(settings.token_url(version), "https://api.amazon.co.uk/auth/o2/token");
        settings.token_endpoint = Some("http://127.0.0.1:1/token/{version}".to_owned());
        assert_eq!(settings.token_url(version), "http://127.0.0.1:1/token/3.2");
    }

    #[test]
    fn a_ca_file_that_cannot_be_used_is_an_error_that_names_it() {
        for (path, content) in [("missing.pem", None), ("empty.pem", Some("no certificate here"))] {
            let path = std::env::temp_dir().join(format!("creators_api-{}-{path}", std::process::id()));
            if let Some(content) = content {
                std::fs::write(&path, content).unwrap();
            }
            let error = Http::new(Settings { ca_file: Some(path.clone()), ..Settings::default() }).unwrap_err();
            assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
            let _ = std::fs::remove_file(path);
        }
    }
}
