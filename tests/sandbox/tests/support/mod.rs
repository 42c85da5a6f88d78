//! What the tests share: a server of their own, and a client that says exactly what it is told to.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::{collections::BTreeMap, time::Duration};

use reqwest::{
    Method,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use sandbox::{Options, Sandbox};
use serde::Deserialize;
use serde_json::{Value, json};

/// The path of getItems.
pub const GET_ITEMS: &str = "/catalog/v1/getItems";

/// One of the built-in accounts.
#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    pub name: String,
    pub credential_id: String,
    pub credential_secret: String,
    pub version: String,
    pub partner_tags: BTreeMap<String, Vec<String>>,
}

/// The built-in account of that name.
pub fn account(name: &str) -> Account {
    let accounts: Vec<Account> = serde_json::from_str(include_str!("../../accounts.json")).expect("accounts.json");
    accounts.into_iter().find(|account| account.name == name).expect("a built-in account")
}

impl Account {
    /// The form that Cognito takes.
    pub fn form(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_id", &self.credential_id)
            .append_pair("client_secret", &self.credential_secret)
            .append_pair("scope", "creatorsapi/default")
            .finish()
    }

    /// The JSON that Login with Amazon takes.
    pub fn json(&self) -> Value {
        json!({
            "grant_type": "client_credentials",
            "client_id": self.credential_id,
            "client_secret": self.credential_secret,
            "scope": "creatorsapi::default",
        })
    }

    fn is_v2(&self) -> bool {
        self.version.starts_with("2.")
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// The body as JSON, or null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header of text"))
    }

    /// Status and reason: what a refusal of the catalogue is known by.
    pub fn refusal(&self) -> (u16, String) {
        let reason = self.json()["reason"].as_str().unwrap_or_default().to_owned();
        (self.status, reason)
    }

    /// The names in `fieldList`.
    pub fn fields(&self) -> Vec<String> {
        let fields = self.json()["fieldList"].as_array().cloned().unwrap_or_default();
        let name = |field: &Value| field["name"].as_str().unwrap_or_default().to_owned();
        fields.iter().map(name).collect()
    }

    /// The items, in the order of the answer.
    pub fn items(&self) -> Vec<Value> {
        let items = &self.json()["itemsResult"]["items"];
        items.as_array().cloned().unwrap_or_default()
    }

    /// Their ASINs.
    pub fn asins(&self) -> Vec<String> {
        let items = self.items();
        let asin = |item: &Value| item["asin"].as_str().unwrap_or_default().to_owned();
        items.iter().map(asin).collect()
    }
}

/// A client that follows nothing, unpacks nothing and goes nowhere else.
pub fn client() -> reqwest::Client {
    client_with(|builder| builder.no_proxy())
}

/// The same, with one thing settled by the caller.
pub fn client_with(settle: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder) -> reqwest::Client {
    // From the second time on there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder().no_gzip().redirect(reqwest::redirect::Policy::none());
    settle(builder).build().expect("a client")
}

/// A server and a client of it.
pub struct Bench {
    pub sandbox: Sandbox,
    pub http: reqwest::Client,
}

impl Bench {
    /// A server with the built-in accounts.
    pub fn new() -> Self {
        Self::with(Options::default())
    }

    /// A server as told.
    pub fn with(options: Options) -> Self {
        Self { sandbox: Sandbox::start(options).expect("a sandbox"), http: client() }
    }

    /// Sends a request, whatever it is.
    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> reqwest::Result<Answer> {
        let mut request = self.http.request(method, format!("{}{path}", self.sandbox.url())).body(body.into());
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a header name");
            let value = HeaderValue::from_str(value).expect("a header value");
            request = request.header(name, value);
        }
        let response = request.send().await?;
        Ok(Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: response.text().await?,
        })
    }

    /// The same, for requests that are answered.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Answer {
        self.try_send(method, path, headers, body).await.expect("an answer")
    }

    /// Fetches a path.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    /// Posts a form.
    pub async fn post_form(&self, path: &str, body: &str) -> Answer {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.send(Method::POST, path, &headers, body).await
    }

    /// Posts JSON.
    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json")];
        self.send(Method::POST, path, &headers, body.to_string()).await
    }

    /// Asks for a token as the account's version does.
    pub async fn exchange(&self, name: &str) -> Answer {
        let account = account(name);
        if account.is_v2() {
            self.post_form("/token", &account.form()).await
        } else {
            self.post_json("/token", &account.json()).await
        }
    }

    /// A token of that account.
    pub async fn token(&self, name: &str) -> String {
        let answer = self.exchange(name).await;
        let token = answer.json()["access_token"].as_str().map(str::to_owned);
        token.expect("a token")
    }

    /// A whole Authorization header of that account.
    pub async fn authorization(&self, name: &str) -> String {
        let token = self.token(name).await;
        let account = account(name);
        if account.is_v2() { format!("Bearer {token}, Version {}", account.version) } else { format!("Bearer {token}") }
    }

    /// Calls getItems with exactly these headers.
    pub async fn try_get_items(&self, authorization: &str, marketplace: &str, body: &Value) -> reqwest::Result<Answer> {
        let headers =
            [("content-type", "application/json"), ("authorization", authorization), ("x-marketplace", marketplace)];
        self.try_send(Method::POST, GET_ITEMS, &headers, body.to_string()).await
    }

    /// Calls getItems as that account, at its first marketplace.
    pub async fn get_items(&self, name: &str, body: &Value) -> Answer {
        let authorization = self.authorization(name).await;
        let marketplace = account(name).partner_tags.into_keys().next();
        self.try_get_items(&authorization, &marketplace.expect("a marketplace"), body).await.expect("an answer")
    }

    /// Has something go wrong from now on.
    pub async fn behave(&self, account: &str, faults: Value) {
        let change = json!({"account": account, "faults": faults});
        let answer = self.post_json("/_sandbox/behaviour", &change).await;
        assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    }

    /// The log.
    pub async fn log(&self) -> Vec<Value> {
        let log = self.get("/_sandbox/log").await.json();
        log.as_array().cloned().expect("a log")
    }
}

/// A request that every American account may make.
pub fn request() -> Value {
    json!({
        "partnerTag": "demo-20",
        "itemIds": ["B0199980K4", "B01180YUXS"],
        "resources": ["images.primary.small", "images.primary.large", "itemInfo.title"],
    })
}

/// The same with one member changed.
pub fn request_with(name: &str, value: Value) -> Value {
    let mut request = request();
    request[name] = value;
    request
}

/// The account that a fault is tried on.
pub const FAULTY: &str = "fine-3.1";

/// A server with one fault at getItems, and a token for it.
pub struct Faulty {
    pub bench: Bench,
    pub authorization: String,
}

impl Faulty {
    /// With that fault at every call.
    pub async fn with(fault: Value) -> Self {
        Self::under(json!([{"fault": fault}])).await
    }

    /// Under these rules.
    pub async fn under(rules: Value) -> Self {
        let bench = Bench::new();
        let authorization = bench.authorization(FAULTY).await;
        bench.behave(FAULTY, rules).await;
        Self { bench, authorization }
    }

    /// Asks for that.
    pub async fn ask(&self, body: &Value) -> reqwest::Result<Answer> {
        self.bench.try_get_items(&self.authorization, "www.amazon.com", body).await
    }

    /// Asks as usual.
    pub async fn call(&self) -> reqwest::Result<Answer> {
        self.ask(&request()).await
    }

    /// Whether nothing has come back after a while.
    pub async fn hangs(&self) -> bool {
        let patience = Duration::from_millis(400);
        tokio::time::timeout(patience, self.call()).await.is_err()
    }
}

/// What is answered under that fault.
pub async fn answer_under(fault: Value) -> Answer {
    Faulty::with(fault).await.call().await.expect("an answer")
}
