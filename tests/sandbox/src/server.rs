//! The server: what it knows, and its life.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, mpsc},
    thread::JoinHandle,
    time::Duration,
};

use thiserror::Error;
use tokio::{net::TcpListener, runtime::Builder, sync::oneshot};

use crate::{
    account::{self, AccountsError},
    behaviour::Accounts,
    connection::{Line, Numbered},
    journal::Journal,
    routes,
    token::Tokens,
};

/// How a server is to be.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any that is free.
    pub port: u16,
    /// A file of accounts in place of the built-in ones.
    pub accounts: Option<PathBuf>,
    /// How much later every getItems call is answered.
    pub latency: Duration,
    /// Calls a second for every account, in place of its own rate; 0 for no limit.
    pub rate: Option<f64>,
    /// What the addresses of pictures begin with; left out: where the server listens.
    pub public_url: Option<String>,
}

/// Why a server does not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The accounts cannot be used.
    #[error(transparent)]
    Accounts(#[from] AccountsError),
    /// The port cannot be had.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// The thread cannot be had.
    #[error("cannot start a thread: {0}")]
    Thread(#[from] io::Error),
    /// The thread ended before it could say why.
    #[error("the server ended as it started")]
    Died,
}

/// All that the handlers share.
#[derive(Debug)]
pub struct World {
    /// Who may ask, and how each is treated.
    pub accounts: Accounts,
    /// The tokens that are out.
    pub tokens: Tokens,
    /// What has been asked.
    pub journal: Arc<Journal>,
    /// How much later every getItems call is answered.
    pub latency: Duration,
    /// What the addresses of pictures begin with.
    pub public_url: String,
}

/// A server that listens, but does not answer until it runs.
pub struct Server {
    listener: TcpListener,
    port: u16,
    world: Arc<World>,
}

impl Server {
    /// Takes the port and reads the accounts.
    pub async fn bind(options: Options) -> Result<Self, StartError> {
        let accounts = match &options.accounts {
            Some(path) => account::read(path)?,
            None => account::built_in()?,
        };
        let refused = |source| StartError::Listen { port: options.port, source };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let public_url = options.public_url.unwrap_or_else(|| url(port));
        Ok(Self {
            listener,
            port,
            world: Arc::new(World {
                accounts: Accounts::new(accounts, options.rate),
                tokens: Tokens::default(),
                journal: Arc::default(),
                latency: options.latency,
                public_url: public_url.trim_end_matches('/').to_owned(),
            }),
        })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// `http://127.0.0.1:` and the port.
    pub fn url(&self) -> String {
        url(self.port)
    }

    /// Answers until this is dropped; open connections end with the runtime.
    pub async fn run(self) -> io::Result<()> {
        let service = routes::all(self.world).into_make_service_with_connect_info::<Line>();
        axum::serve(Numbered::new(self.listener), service).await
    }
}

/// A server on a thread of its own, for tests written in Rust. It ends when it is dropped.
pub struct Sandbox {
    url: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts a server and returns when it listens.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let (started, start) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        // All of it on the new thread: the caller may be inside a runtime, where no other may block.
        let thread =
            std::thread::Builder::new().name("sandbox".to_owned()).spawn(move || live(options, &started, stopped))?;
        let url = start.recv().map_err(|_| StartError::Died)??;
        Ok(Self { url, stop: Some(stop), thread: Some(thread) })
    }

    /// `http://127.0.0.1:` and the port.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It may have ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn live(options: Options, started: &mpsc::Sender<Result<String, StartError>>, stopped: oneshot::Receiver<()>) {
    // Nobody listens any more where a send fails; then there is nothing to tell.
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = started.send(Err(error.into()));
            return;
        }
    };
    runtime.block_on(async {
        match Server::bind(options).await {
            Ok(server) => {
                let _ = started.send(Ok(server.url()));
                tokio::select! {
                    _ = server.run() => {}
                    _ = stopped => {}
                }
            }
            Err(error) => {
                let _ = started.send(Err(error));
            }
        }
    });
}

fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}
