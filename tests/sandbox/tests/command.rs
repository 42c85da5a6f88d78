//! The server as a command.

#![allow(clippy::unwrap_used)]

mod support;

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Output, Stdio},
};

struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    url: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command().args(arguments).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("sandbox listening on ").unwrap();
        Self { url: url.to_owned(), child, out }
    }

    fn port(&self) -> &str {
        self.url.strip_prefix("http://127.0.0.1:").unwrap()
    }

    /// Sends the signal and tells the exit code and what else was printed.
    fn end(mut self, signal: &str) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let code = self.child.wait().unwrap().code();
        let mut rest = String::new();
        while self.out.read_line(&mut rest).unwrap() > 0 {}
        (code, rest)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_sandbox"))
}

fn output(arguments: &[&str]) -> Output {
    command().args(arguments).output().unwrap()
}

fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("sandbox-{}-{name}", std::process::id()))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn it_says_where_it_listens_and_answers_there() {
    let running = Running::start(&["--port", "0"]);
    assert_ne!(running.port(), "0");
    let answer = support::client().get(format!("{}/_sandbox/health", running.url)).send().await.unwrap();
    assert_eq!(answer.text().await.unwrap(), "ok");
}

#[test]
fn it_ends_at_either_signal_without_a_word() {
    for signal in ["-TERM", "-INT"] {
        assert_eq!(Running::start(&[]).end(signal), (Some(0), String::new()));
    }
}

#[test]
fn it_writes_the_port_to_a_file_and_takes_it_away_in_the_end() {
    let file = temporary("port");
    let running = Running::start(&["--port-file", text(&file)]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), running.port());
    assert_eq!(running.end("-TERM").0, Some(0));
    assert!(!file.exists());
}

#[test]
fn a_port_file_that_is_another_servers_by_now_is_left_alone() {
    let file = temporary("taken");
    let running = Running::start(&["--port-file", text(&file)]);
    std::fs::write(&file, "1").unwrap();
    running.end("-TERM");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "1");
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn a_port_in_use_is_told() {
    let running = Running::start(&[]);
    let second = output(&["--port", running.port()]);
    let complaint = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(1));
    let told = format!("cannot listen on 127.0.0.1:{}", running.port());
    assert!(complaint.contains(&told), "{complaint}");
}

#[test]
fn arguments_that_make_no_sense_are_told() {
    for (arguments, word) in [
        (&["--ports", "1"][..], "--ports"),
        (&["--port", "x"], "x"),
        (&["--port", "70000"], "70000"),
        (&["--rate", "-1"], "--rate"),
        (&["--rate", "NaN"], "--rate"),
        (&["--latency-ms"], "--latency-ms"),
        (&["--accounts", "/nowhere/at/all"], "/nowhere/at/all"),
        (&["--port-file", "/nowhere/at/all"], "/nowhere/at/all"),
    ] {
        let output = output(arguments);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(complaint.starts_with("sandbox: ") && complaint.contains(word), "{complaint}");
        assert_eq!(output.stdout, b"", "{arguments:?}");
    }
}

#[test]
fn help_is_given() {
    let output = output(&["--help"]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("--port-file"));
}
