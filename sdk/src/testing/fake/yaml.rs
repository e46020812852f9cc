//! YAML for people: a JSON object as YAML, and the difference of two texts.

use serde_json::{Map, Value, json};

/// An object as YAML, in the order of its keys.
pub(crate) fn yaml(object: &Map<String, Value>) -> String {
    if object.is_empty() {
        return "{}\n".to_owned();
    }
    let mut text = String::new();
    write_object(object, 0, &mut text);
    text
}

fn write_object(object: &Map<String, Value>, depth: usize, text: &mut String) {
    for (key, value) in object {
        text.push_str(&"  ".repeat(depth));
        text.push_str(&scalar(key));
        text.push(':');
        write_value(value, depth, text);
    }
}

/// Writes what follows a key or a dash, to the end of its lines.
fn write_value(value: &Value, depth: usize, text: &mut String) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            text.push('\n');
            write_object(object, depth + 1, text);
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            for item in items {
                text.push_str(&"  ".repeat(depth + 1));
                text.push('-');
                write_value(item, depth + 1, text);
            }
        }
        Value::String(plain) => text.push_str(&format!(" {}\n", scalar(plain))),
        other => text.push_str(&format!(" {other}\n")),
    }
}

/// A text, in quotes unless it cannot be taken for anything else.
fn scalar(text: &str) -> String {
    let words = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf",
    ];
    let safe = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic())
        || (text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('/'));
    let plain = begins && text.chars().all(safe);
    if plain && !words.contains(&text.to_ascii_lowercase().as_str()) {
        return text.to_owned();
    }
    Value::from(text).to_string()
}

/// Two texts, what each is, and their difference: the document's `mcn_yaml_diff`.
pub(crate) fn yaml_diff(left: (&str, &str), right: (&str, &str)) -> Value {
    json!({
        "diff": diff(left.1, right.1),
        "left_description": left.0,
        "left_yaml": left.1,
        "right_description": right.0,
        "right_yaml": right.1,
    })
}

/// The difference of two texts in the unified format, in one hunk of all lines. Empty if they are the same.
fn diff(left: &str, right: &str) -> String {
    if left == right {
        return String::new();
    }
    let (left, right): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let common = common(&left, &right);
    let rest = |i: usize, j: usize| {
        let row = common.get(i).map_or(&[][..], Vec::as_slice);
        row.get(j).copied().unwrap_or_default()
    };
    let mut text = format!("@@ -{} +{} @@\n", range(left.len()), range(right.len()));
    let (mut i, mut j) = (0, 0);
    loop {
        let (mark, line) = match (left.get(i), right.get(j)) {
            (None, None) => return text,
            (Some(one), Some(other)) if one == other => {
                (i, j) = (i + 1, j + 1);
                (' ', one)
            }
            (Some(_), Some(other)) if rest(i + 1, j) < rest(i, j + 1) => {
                j += 1;
                ('+', other)
            }
            (Some(one), _) => {
                i += 1;
                ('-', one)
            }
            (None, Some(other)) => {
                j += 1;
                ('+', other)
            }
        };
        text.push_str(&format!("{mark}{line}\n"));
    }
}

fn range(lines: usize) -> String {
    format!("{},{lines}", usize::from(lines > 0))
}

/// For each pair of places: how many lines the rests have in common, in order.
fn common(left: &[&str], right: &[&str]) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = vec![vec![0; right.len() + 1]];
    for one in left.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0; right.len() + 1];
        for (at, other) in right.iter().enumerate().rev() {
            let at_below = |at: usize| below.get(at).copied().unwrap_or_default();
            let beside = row.get(at + 1).copied().unwrap_or_default();
            let best = if one == other {
                at_below(at + 1) + 1
            } else {
                at_below(at).max(beside)
            };
            if let Some(place) = row.get_mut(at) {
                *place = best;
            }
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::{diff, yaml};
    use serde_json::{Value, json};

    #[test]
    fn objects_are_written_as_yaml() {
        let Value::Object(object) = json!({
            "cidr_block": "10.0.0.0/16", "dns": true, "empty": [], "id": "12", "name": "on",
            "none": {}, "rules": [{"from": 1, "to": "any: 2"}], "tags": {"Name": "a b"},
        }) else {
            unreachable!()
        };
        let wanted = "cidr_block: 10.0.0.0/16\ndns: true\nempty: []\nid: \"12\"\nname: \"on\"\nnone: {}\n\
                      rules:\n  -\n    from: 1\n    to: \"any: 2\"\ntags:\n  Name: \"a b\"\n";
        assert_eq!(yaml(&object), wanted);
    }

    #[test]
    fn differences_are_unified_hunks() {
        assert_eq!(diff("a\nb\n", "a\nb\n"), "");
        let changed = diff("a\nb\nc\n", "a\nd\nc\ne\n");
        assert_eq!(changed, "@@ -1,3 +1,4 @@\n a\n-b\n+d\n c\n+e\n");
        assert_eq!(diff("", "a\n"), "@@ -0,0 +1,1 @@\n+a\n");
        assert_eq!(diff("a\n", ""), "@@ -1,1 +0,0 @@\n-a\n");
    }
}
