//! The HTTP client under every call: TLS trust, time limits, proxy, and answers of a bounded size.

use std::convert::Infallible;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use http_body::{Frame, SizeHint};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Body, Client, Proxy, RequestBuilder};
use rustls::ClientConfig;

use crate::account::CredentialVersion;
use crate::error::Error;
use crate::foreign_text::Redactor;
use crate::secret::{Secret, sha256};
use crate::sync::lock;
use crate::tls;

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
    /// Proxy URL, which may hold a password; absent: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` of the environment.
    pub proxy: Option<Secret>,
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

    /// The URL of an operation: `/catalog/v1/getItems`.
    #[must_use]
    pub fn api_url(&self, path: &str) -> String {
        format!("{}{path}", self.api_endpoint.trim_end_matches('/'))
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

/// Is called when a request is written to its connection.
pub type OnSent = Box<dyn FnOnce() + Send + Sync>;

/// A body that says when it is asked for: by then there is a connection, and the headers are about to be written to it.
struct WatchedBody {
    content: Option<Vec<u8>>,
    on_sent: Option<OnSent>,
}

/// A body that says when it is written.
pub fn watched_body(content: Vec<u8>, on_sent: OnSent) -> Body {
    Body::wrap(WatchedBody { content: Some(content), on_sent: Some(on_sent) })
}

impl http_body::Body for WatchedBody {
    type Data = <Body as http_body::Body>::Data;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if let Some(on_sent) = self.on_sent.take() {
            on_sent();
        }
        Poll::Ready(self.content.take().map(|content| Ok(Frame::data(content.into()))))
    }

    fn is_end_stream(&self) -> bool {
        self.content.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.content.as_ref().map_or(0, |content| content.len() as u64))
    }
}

/// So many proxies are remembered; whoever uses more of them gets a new client now and then.
const MAX_PROXIES: usize = 8;

/// Clients by a hash of their proxy's URL, which may hold a password.
type Proxied = Arc<Mutex<Vec<([u8; 32], Client)>>>;

/// A client and its settings.
#[derive(Clone)]
pub struct Http {
    client: Client,
    settings: Settings,
    /// Shared by the clients of all proxies.
    tls: ClientConfig,
    proxied: Proxied,
}

impl Http {
    /// Makes a client.
    ///
    /// # Errors
    ///
    /// [`Error::CaFile`] where the CA file cannot be read or holds no certificate, [`Error::Client`] where the proxy is
    /// no URL or TLS cannot be set up.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let tls = tls::config(settings.ca_file.as_deref())?;
        Ok(Self { client: client(&settings, &tls)?, settings, tls, proxied: Proxied::default() })
    }

    /// The same behind another proxy. Whoever names it again gets the same connections.
    ///
    /// # Errors
    ///
    /// [`Error::Client`] where the proxy is no URL.
    pub fn with_proxy(&self, proxy: Secret) -> Result<Self, Error> {
        let key = sha256(proxy.expose());
        let settings = Settings { proxy: Some(proxy), ..self.settings.clone() };
        let mut proxied = lock(&self.proxied);
        let client = match proxied.iter().position(|(known, _)| *known == key) {
            Some(index) => proxied.remove(index).1,
            None => client(&settings, &self.tls)?,
        };
        // The one that was not used for longest stands first.
        proxied.push((key, client.clone()));
        let too_many = proxied.len().saturating_sub(MAX_PROXIES);
        proxied.drain(..too_many);
        drop(proxied);
        Ok(Self { client, settings, ..self.clone() })
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
        let what = if error.is_timeout() { "no answer in time".to_owned() } else { sentence(error) };
        Error::Unreachable {
            message: unreachable_message(&host, &what),
            stale_connection: !error.is_timeout() && !error.is_connect(),
        }
    }
}

fn client(settings: &Settings, tls: &ClientConfig) -> Result<Client, Error> {
    let builder = Client::builder()
        .user_agent(concat!("creators_api-php/", env!("CARGO_PKG_VERSION")))
        .tls_backend_preconfigured(tls.clone())
        .connect_timeout(settings.connect_timeout)
        .timeout(settings.timeout)
        .pool_idle_timeout(POOL_IDLE)
        // A redirect would carry the token to another host.
        .redirect(reqwest::redirect::Policy::none())
        // Every call is counted and paced here; none may be repeated behind our back.
        .retry(reqwest::retry::never());
    let builder = match &settings.proxy {
        None => builder,
        Some(url) => builder.proxy(
            Proxy::all(url.expose())
                .map_err(|e| Error::Client(format!("The proxy cannot be used: {}", sentence(&e))))?,
        ),
    };
    builder.build().map_err(|e| Error::Client(sentence(&e)))
}

/// An error and what caused it, without the URL.
fn sentence(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        causes.push(cause.to_string());
        source = cause.source();
    }
    match causes.last().map(String::as_str) {
        // The innermost cause is the one that a person can act upon: "Connection refused (os error 111)".
        Some(root) => root.strip_prefix("unexpected error: ").unwrap_or(root).to_owned(),
        None => error.to_string(),
    }
}

/// What has happened names whom a certificate is for, up to some hundred names: whoever stands in between has written them.
fn unreachable_message(host: &str, what: &str) -> String {
    Redactor::new([]).message(&format!("{host} cannot be reached: {what}"))
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
    i64::try_from(since_1970().as_secs()).unwrap_or(i64::MAX)
}

/// The same, to the nanosecond.
#[must_use]
pub fn since_1970() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;
    use std::sync::atomic::{AtomicUsize, Ordering};

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
    fn what_a_strangers_certificate_says_is_bounded() {
        let presented = (0..100).map(|n| format!("DnsName(\"shop-{n}.example\")")).collect();
        let expected = rustls::pki_types::ServerName::try_from("api.amazon.com").unwrap();
        let error = rustls::CertificateError::NotValidForNameContext { expected, presented };
        let message = unreachable_message("api.amazon.com", &rustls::Error::from(error).to_string());
        assert!(message.contains("not valid for name") && message.contains("shop-0.example"), "{message}");
        assert_eq!(message.chars().count(), crate::foreign_text::MESSAGE);
    }

    /// How often a request to that address says that it is written.
    async fn written(address: std::net::SocketAddr) -> usize {
        let http = Http::new(Settings::default()).unwrap();
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let on_sent = move || {
            counted.fetch_add(1, Ordering::Relaxed);
        };
        let body = watched_body(b"{}".to_vec(), Box::new(on_sent));
        let _ = http.send(http.post(&format!("http://{address}/")).body(body)).await;
        count.load(Ordering::Relaxed)
    }

    #[tokio::test]
    async fn a_body_says_once_that_it_is_written_and_never_where_there_is_no_connection() {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let served = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).await.unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
            String::from_utf8_lossy(&request[..length]).to_lowercase()
        };
        let (count, request) = tokio::join!(written(address), served);
        assert_eq!(count, 1);
        assert!(request.contains("content-length: 2\r\n") && request.ends_with("\r\n\r\n{}"), "{request}");
        drop(listener);
        assert_eq!(written(address).await, 0);
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
            let error = Http::new(Settings { ca_file: Some(path.clone()), ..Settings::default() }).err().unwrap();
            assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
            let _ = std::fs::remove_file(path);
        }
    }
}
