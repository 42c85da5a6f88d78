//! Markup as lazy loaders, page builders, galleries, consent plugins, proxies and twenty years of posts write it: the files of
//! tests/html/corpus, each piece with what is found in it (kind, ASIN, marketplace, tag, size) and what becomes of it. Their
//! forms were read off public sources; every address, tag and word in them is made up.

#[path = "html/fixture.rs"]
mod fixture;

use std::fs::{read_dir, read_to_string};

use creators_api::html::find;
use fixture::{folder, rewritten};

struct Piece {
    name: String,
    found: Vec<String>,
    before: String,
    after: String,
}

fn pieces() -> Vec<Piece> {
    let mut files: Vec<_> =
        read_dir(folder().with_file_name("corpus")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let texts = files.iter().map(|path| read_to_string(path).unwrap());
    texts.flat_map(|text| text.split("\n## ").skip(1).map(piece).collect::<Vec<_>>()).collect()
}

fn piece(text: &str) -> Piece {
    let (name, rest) = text.split_once('\n').unwrap();
    let (told, html) =
        rest.split_at(rest.lines().take_while(|line| line.starts_with("= ")).map(|line| line.len() + 1).sum());
    let (before, after) = html.trim_end_matches('\n').split_once("\n---\n").unwrap();
    Piece {
        name: name.to_owned(),
        found: told.lines().map(|line| line[2..].to_owned()).collect(),
        before: before.to_owned(),
        after: if after == "unchanged" { before } else { after }.to_owned(),
    }
}

fn found(html: &str) -> Vec<String> {
    let told = find(html.as_bytes()).into_iter().map(|found| {
        format!(
            "{} {} {} {} {}",
            found.kind.as_str(),
            found.asin.map_or("-".to_owned(), |asin| asin.to_string()),
            found.marketplace.map_or("-", |marketplace| marketplace.host),
            found.partner_tag.as_deref().unwrap_or("-"),
            found.size.map_or("-".to_owned(), |size| size.pixels.to_string()),
        )
    });
    told.collect()
}

#[test]
fn there_are_many() {
    assert!(pieces().len() >= 250, "{}", pieces().len());
}

#[test]
fn everything_that_a_piece_says_is_found() {
    for piece in pieces() {
        assert_eq!(found(&piece.before), piece.found, "{}", piece.name);
    }
}

#[test]
fn each_piece_becomes_what_it_is_to_become() {
    for piece in pieces() {
        assert_eq!(rewritten(&piece.before), piece.after, "{}", piece.name);
    }
}

#[test]
fn a_second_time_changes_nothing() {
    for piece in pieces() {
        assert_eq!(rewritten(&piece.after), piece.after, "{}", piece.name);
    }
}

#[test]
fn pieces_do_not_disturb_each_other() {
    let alone: Vec<_> = pieces().into_iter().filter(|piece| !piece.name.contains("never closed")).collect();
    for two in alone.windows(2) {
        // A paragraph between, so that no text of the one is read with the other's.
        let (before, after) = (|piece: &Piece| piece.before.clone(), |piece: &Piece| piece.after.clone());
        let page = |side: &dyn Fn(&Piece) -> String| format!("{}\n\n<hr>\n\n{}", side(&two[0]), side(&two[1]));
        assert_eq!(rewritten(&page(&before)), page(&after), "{} | {}", two[0].name, two[1].name);
    }
}
