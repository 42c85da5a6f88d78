//! Feeds and reports: which there are, and where one can be had.

use ext_php_rs::convert::IntoZval;
use ext_php_rs::prelude::*;
use ext_php_rs::types::{ZendHashTable, Zval};
use ext_php_rs::zend::BailoutGuard;

use crate::catalog::{Answer, FEED_TYPE, File, FileKind, Parameter, Question, REPORT_TYPE};
use crate::php::exception::ArgumentError;
use crate::php::fields::{ArgPath, Fields};
use crate::php::input::OptionsArray;
use crate::php::item_output::{object, text};
use crate::php::output::{self, Array, list, string};
use crate::php::query_functions::{query, stopped};
use crate::php::{parameter_input, query_output, run_input, runtime};

/// Adds all of them to the module.
pub fn register(module: ModuleBuilder<'_>) -> ModuleBuilder<'_> {
    module
        .function(wrap_function!(creators_api_list_feeds))
        .function(wrap_function!(creators_api_get_feed))
        .function(wrap_function!(creators_api_list_reports))
        .function(wrap_function!(creators_api_get_report))
}

/// Which feeds there are.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_list_feeds(account: &ZendHashTable, options: OptionsArray<'_>) -> PhpResult<Array> {
    ask(account, Question::Files(FileKind::Feed), &options, &[])
}

/// Where a feed can be had.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_get_feed(account: &ZendHashTable, name: &str, options: OptionsArray<'_>) -> PhpResult<Array> {
    let question = Question::File(FileKind::Feed, filled("$name", name)?, [].into());
    ask(account, question, &options, &[FEED_TYPE])
}

/// Which reports there are.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_list_reports(account: &ZendHashTable, options: OptionsArray<'_>) -> PhpResult<Array> {
    ask(account, Question::Files(FileKind::Report), &options, &[])
}

/// Where a report can be had.
#[php_function]
#[php(defaults(options = OptionsArray::default()))]
pub fn creators_api_get_report(account: &ZendHashTable, filename: &str, options: OptionsArray<'_>) -> PhpResult<Array> {
    let question = Question::File(FileKind::Report, filled("$filename", filename)?, [].into());
    ask(account, question, &options, &[REPORT_TYPE])
}

fn filled(argument: &str, name: &str) -> Result<String, ArgumentError> {
    match name.trim() {
        "" => Err(ArgumentError::Value(format!("{argument} must not be empty"))),
        name => Ok(name.to_owned()),
    }
}

fn ask(
    account: &ZendHashTable,
    mut question: Question,
    options: &OptionsArray<'_>,
    parameters: &[Parameter],
) -> PhpResult<Array> {
    let empty = ZendHashTable::new();
    let options = options.fields().unwrap_or(Fields { array: &empty, name: ArgPath::Whole("$options") });
    let names = parameters.iter().map(|parameter| parameter.name).collect::<Vec<_>>();
    let input = run_input::in_turn(account, &options, &names, &[])?;
    if let Question::File(_, _, values) = &mut question {
        *values = parameter_input::read(&options, parameters)?.into();
    }
    let runtime = runtime::current()?;
    let mut held = BailoutGuard::new((query(&runtime, input), question, Answer::default()));
    let (query, question, answer) = held.get_mut();
    match runtime.drive(query.ask(question)) {
        Ok(given) => *answer = given.unwrap_or_default(),
        Err(interrupted) => query.stop(stopped(interrupted)),
    }
    let mut array = ZendHashTable::new();
    match question {
        Question::File(..) => array.insert("url", answer.file_url.as_deref())?,
        _ => array.insert("files", list(answer.files.len(), answer.files.iter().map(file))?)?,
    }
    array.insert("errors", query_output::errors(&answer.errors)?)?;
    output::cost(&mut array, &query.summary())?;
    Ok(array)
}

fn file(file: &File) -> ext_php_rs::error::Result<Zval> {
    object([
        ("name", string(&file.name)),
        ("type", text(file.kind.as_deref())),
        ("size", file.size.into_zval(false)?),
        ("md5", text(file.md5.as_deref())),
        ("updated_at", text(file.updated_at.as_deref())),
    ])
}
