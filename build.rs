//! Tells the extension what it was built from, for `php --ri creators_api`.
//!
//! `CREATORS_API_COMMIT` names the commit where there is no git, or where a release says it; otherwise git is asked for the last
//! commit that changed what the extension is made of.

use std::env;
use std::process::Command;

/// What the extension is made of.
const SOURCES: [&str; 4] = ["src", "build.rs", "Cargo.toml", "Cargo.lock"];

fn main() {
    println!("cargo::rerun-if-env-changed=CREATORS_API_COMMIT");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    let commit = env::var("CREATORS_API_COMMIT")
        .ok()
        .filter(|name| !name.is_empty())
        .or_else(last_commit)
        .unwrap_or_else(|| "unknown".to_owned());
    println!("cargo::rustc-env=CREATORS_API_COMMIT={commit}");
    let target = env::var("TARGET").unwrap_or_else(|_| "unknown".to_owned());
    println!("cargo::rustc-env=CREATORS_API_TARGET={target}");
}

/// The commit that the sources are at, with a word about changes that are in none.
fn last_commit() -> Option<String> {
    let commit = git(&["log", "-1", "--format=%h", "--abbrev=12"]).filter(|name| !name.is_empty())?;
    let changed = git(&["status", "--porcelain"]).is_none_or(|files| !files.is_empty());
    Some(if changed { format!("{commit} and changes") } else { commit })
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).arg("--").args(SOURCES).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
