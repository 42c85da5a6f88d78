//! The right answer in other words: what a client must still be able to read.

use serde_json::{Map, Value, json};

use super::Fault;
use crate::answer::Answer;

/// Changes the answer by every fault that changes what it says.
pub fn alter(answer: &mut Answer, faults: &[Fault]) {
    for fault in faults {
        match fault {
            Fault::ItemResultsSpelling => rename(&mut answer.body, "itemsResult", "itemResults"),
            Fault::StringFieldList => plain_field_list(&mut answer.body),
            Fault::UnderscoreType => underscore_type(&mut answer.body),
            Fault::NullMembers => null_members(&mut answer.body),
            Fault::UnknownMembers => unknown_members(&mut answer.body),
            Fault::FloatNumbers => float_numbers(&mut answer.body),
            Fault::LowerCaseAsins => each_item(&mut answer.body, lower_case_asin),
            Fault::DuplicateItems => change_items(&mut answer.body, |items| {
                items.extend_from_within(..);
            }),
            Fault::UnaskedItem => change_items(&mut answer.body, |items| {
                items.push(json!({"asin": "B0UNASKED0", "images": null}));
            }),
            Fault::MissingItem => change_items(&mut answer.body, |items| {
                items.pop();
            }),
            Fault::ErrorsOnly => errors_only(&mut answer.body),
            Fault::LoudWords(length) => loud_words(&mut answer.body, *length),
            Fault::ResultList => {
                if let Some(result) = answer.body.as_object_mut().and_then(items_result) {
                    *result = json!([]);
                }
            }
            _ => {}
        }
    }
}

fn rename(body: &mut Value, from: &str, to: &str) {
    if let Some(body) = body.as_object_mut()
        && let Some(value) = body.shift_remove(from)
    {
        body.insert(to.to_owned(), value);
    }
}

fn plain_field_list(body: &mut Value) {
    if let Some(fields) = body.get_mut("fieldList").and_then(Value::as_array_mut) {
        for field in fields {
            *field = field.get("name").cloned().unwrap_or(Value::Null);
        }
    }
}

fn underscore_type(body: &mut Value) {
    if let Some(body) = body.as_object_mut()
        && let Some(Value::String(name)) = body.shift_remove("type")
    {
        let name = format!("com.amazon.creators#{name}");
        body.insert("__type".to_owned(), Value::String(name));
    }
}

fn null_members(body: &mut Value) {
    fill(body, &["errors"]);
    each_item(body, |item| {
        fill(
            item,
            &[
                "browseNodeInfo",
                "customerReviews",
                "detailPageURL",
                "images",
                "itemInfo",
                "offersV2",
                "parentASIN",
                "score",
                "variationAttributes",
            ],
        );
        if let Some(images) = item.get_mut("images") {
            fill(images, &["primary", "variants"]);
            if let Some(primary) = images.get_mut("primary") {
                fill(primary, &["small", "medium", "large", "hiRes"]);
            }
        }
    });
}

fn fill(value: &mut Value, names: &[&str]) {
    if let Some(map) = value.as_object_mut() {
        for name in names {
            map.entry(*name).or_insert(Value::Null);
        }
    }
}

fn unknown_members(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(unknown_members);
            map.insert("somethingNew".to_owned(), json!({"since": [2027, null]}));
        }
        Value::Array(values) => values.iter_mut().for_each(unknown_members),
        _ => {}
    }
}

fn float_numbers(value: &mut Value) {
    match value {
        Value::Object(map) => map.values_mut().for_each(float_numbers),
        Value::Array(values) => values.iter_mut().for_each(float_numbers),
        Value::Number(number) => {
            if let Some(float) = number.as_f64() {
                *value = json!(float);
            }
        }
        _ => {}
    }
}

fn lower_case_asin(item: &mut Value) {
    if let Some(Value::String(asin)) = item.get_mut("asin") {
        asin.make_ascii_lowercase();
    }
}

fn errors_only(body: &mut Value) {
    let mut errors = Vec::new();
    each_item(body, |item| {
        let asin = item.get("asin").and_then(Value::as_str).unwrap_or_default();
        let message = format!("The ItemId {asin} is somewhere else today.");
        errors.push(json!({"code": "ItemElsewhere", "message": message}));
    });
    if !errors.is_empty()
        && let Some(body) = body.as_object_mut()
    {
        body.insert("itemsResult".to_owned(), Value::Null);
        body.insert("errors".to_owned(), Value::Array(errors));
    }
}

fn loud_words(value: &mut Value, length: usize) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                match value {
                    Value::String(text)
                        if matches!(name.as_str(), "displayValue" | "message" | "error_description") =>
                    {
                        *text = format!("\u{202e}=1+1 <b>{text}</b>\r\n\u{0}\u{200b}{}", "ä".repeat(length));
                    }
                    value => loud_words(value, length),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| loud_words(value, length)),
        _ => {}
    }
}

fn each_item(body: &mut Value, change: impl FnMut(&mut Value)) {
    change_items(body, |items| items.iter_mut().for_each(change));
}

fn change_items(body: &mut Value, change: impl FnOnce(&mut Vec<Value>)) {
    let result = body
        .as_object_mut()
        .and_then(items_result)
        .and_then(|result| result.get_mut("items"))
        .and_then(Value::as_array_mut);
    if let Some(items) = result {
        change(items);
    }
}

/// Under either spelling, for an earlier fault may have changed it.
fn items_result(body: &mut Map<String, Value>) -> Option<&mut Value> {
    let name = ["itemsResult", "itemResults"].into_iter().find(|name| body.contains_key(*name))?;
    body.get_mut(name)
}
