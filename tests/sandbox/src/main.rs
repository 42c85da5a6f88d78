//! The server as a command.

#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod port_file;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use pico_args::Arguments;
use sandbox::{Options, Server, StartError};
use thiserror::Error;
use tokio::signal::unix::{SignalKind, signal};

use crate::port_file::PortFile;

const HELP: &str = "\
A stand-in for Amazon's Creators API on 127.0.0.1.

sandbox [--port N] [--port-file PATH] [--accounts FILE] [--latency-ms N] [--rate N] [--public-url URL]

  --port N          the port; 0, the default, takes any that is free
  --port-file PATH  writes the port there once it is known
  --accounts FILE   these accounts instead of the built-in ones
  --latency-ms N    answers every getItems call that much later
  --rate N          calls a second for every account, 0 for no limit
  --public-url URL  what the addresses of pictures begin with
";

#[derive(Debug, Error)]
enum Failure {
    #[error("{0} (see --help)")]
    Arguments(#[from] pico_args::Error),
    #[error("unknown argument {0} (see --help)")]
    UnknownArgument(String),
    #[error("--rate must be 0 or more")]
    Rate,
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("cannot write the port to {path}: {source}")]
    PortFile { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Io(#[from] io::Error),
}

fn main() -> ExitCode {
    match arguments(Arguments::from_env()).and_then(|asked| match asked {
        Some((options, port_file)) => serve(options, port_file),
        None => Ok(io::stdout().write_all(HELP.as_bytes())?),
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("sandbox: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// What the command line asks for; none: help.
fn arguments(mut given: Arguments) -> Result<Option<(Options, Option<PathBuf>)>, Failure> {
    if given.contains(["-h", "--help"]) {
        return Ok(None);
    }
    let options = Options {
        port: given.opt_value_from_str("--port")?.unwrap_or(0),
        accounts: given.opt_value_from_str("--accounts")?,
        latency: Duration::from_millis(given.opt_value_from_str("--latency-ms")?.unwrap_or(0)),
        rate: given.opt_value_from_str("--rate")?,
        public_url: given.opt_value_from_str("--public-url")?,
    };
    let port_file = given.opt_value_from_str("--port-file")?;
    if let Some(unknown) = given.finish().into_iter().next() {
        let unknown = unknown.to_string_lossy().into_owned();
        return Err(Failure::UnknownArgument(unknown));
    }
    if options.rate.is_some_and(|rate| !(0.0..).contains(&rate)) {
        return Err(Failure::Rate);
    }
    Ok(Some((options, port_file)))
}

fn serve(options: Options, port_file: Option<PathBuf>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        // Before anyone is told of the server, so that a signal finds it prepared.
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let server = Server::bind(options).await?;
        let _port_file = port_file
            .map(|path| PortFile::write(&path, server.port()).map_err(|source| Failure::PortFile { path, source }))
            .transpose()?;
        let mut out = io::stdout().lock();
        writeln!(out, "sandbox listening on {}", server.url())?;
        out.flush()?;
        drop(out);
        tokio::select! {
            ended = server.run() => Ok(ended?),
            _ = terminate.recv() => Ok(()),
            _ = interrupt.recv() => Ok(()),
        }
    })
}
