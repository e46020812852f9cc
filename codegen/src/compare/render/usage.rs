//! How code uses an item, from its line in the surface: what is before and after a change as a caller writes it.
//!
//! Input: the path of an item and its lines, such as `pub fn dim(&self, level: i64) -> Call<LampsDim>`. Output: `lamps.dim(level).await?`.
//! A receiver is called like its type. Lines that no caller writes, such as trait impls, are left out.

use heck::ToSnakeCase as _;

/// How code uses an item; empty where it does not name it.
pub(super) fn usage(noun: &str, path: &str, lines: &[String]) -> Vec<String> {
    let result = lines
        .iter()
        .find_map(|line| line.strip_prefix("// returns "));
    let lines = lines.iter().filter(|line| !line.starts_with("//"));
    lines
        .flat_map(|line| of_line(noun, path, line, result))
        .collect()
}

fn of_line(noun: &str, path: &str, line: &str, result: Option<&str>) -> Vec<String> {
    let line = line.trim_start_matches("#[deprecated] ");
    let (owner, name) = path.rsplit_once("::").unwrap_or(("", path));
    if line.contains("::builder()\n") {
        return line.lines().map(chained).collect();
    }
    let owner = match noun {
        "handle" => "parent",
        "parameter" => "call",
        _ => owner,
    };
    if let Some(function) = line.strip_prefix("pub fn ") {
        return called(owner, function, result).into_iter().collect();
    }
    if let Some((field, ty)) = line
        .strip_prefix("pub ")
        .and_then(|rest| rest.split_once(": "))
    {
        return vec![format!("let {field}: {ty} = {}.{field};", receiver(owner))];
    }
    let is_path = line
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"_:".contains(&byte));
    match noun {
        // A rename: the line is the path.
        "method" if is_path => {
            let (owner, name) = line.rsplit_once("::").unwrap_or((owner, line));
            vec![format!("{}.{name}(..)", receiver(owner))]
        }
        "variant" if is_path && line == name => vec![path.to_owned()],
        _ if is_path && line.contains("::") => vec![line.to_owned()],
        "struct" | "enum" | "type" | "union" | "id" if is_path => {
            vec![format!("use cloudflare_magic::{line};")]
        }
        _ => Vec::new(),
    }
}

/// A call, from `name(arguments) -> result`.
fn called(owner: &str, function: &str, result: Option<&str>) -> Option<String> {
    let (name, rest) = function.split_once('(')?;
    let (arguments, returned) = split_at_end(rest)?;
    let parts = arguments_of(arguments);
    let is_method = parts
        .first()
        .is_some_and(|first| matches!(first.as_str(), "self" | "&self"));
    let names: Vec<&str> = parts
        .iter()
        .skip(usize::from(is_method))
        .map(String::as_str)
        .collect();
    let names = names.join(", ");
    if !is_method {
        let ty = owner.rsplit("::").next().unwrap_or(owner);
        return Some(format!("{ty}::{name}({names})"));
    }
    let call = format!("{}.{name}({names})", receiver(owner));
    let returned = returned.trim_start_matches(" -> ");
    if !returned.starts_with("Call<") && !returned.starts_with("Waiter<") {
        return Some(call);
    }
    Some(match result {
        Some(ty) if ty != "()" => format!("let result: {ty} = {call}.await?;"),
        _ => format!("{call}.await?;"),
    })
}

/// The arguments and what follows their closing parenthesis.
fn split_at_end(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[..at], &text[at + 1..]));
        }
    }
    None
}

/// The names of the arguments: a comma within a type does not part them.
fn arguments_of(text: &str) -> Vec<String> {
    let mut depth = 0;
    let is_end = |letter: char| {
        match letter {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    };
    let name = |part: &str| {
        let name = part.split(':').next().unwrap_or_default();
        name.trim().to_owned()
    };
    text.split(is_end)
        .map(name)
        .filter(|name| !name.is_empty())
        .collect()
}

/// A line of a builder: `.name(impl Into<String>)` is `.name(name)`.
fn chained(line: &str) -> String {
    let Some((start, rest)) = line.split_once('(') else {
        return line.to_owned();
    };
    match rest {
        ")" => line.to_owned(),
        _ => format!("{start}({})", start.trim().trim_start_matches('.')),
    }
}

/// A value of a type, called like the type.
fn receiver(owner: &str) -> String {
    owner.rsplit("::").next().unwrap_or(owner).to_snake_case()
}

#[cfg(test)]
mod tests {
    use super::usage;

    #[test]
    fn items_are_used_as_a_caller_writes_them() {
        let cases: [(&str, &str, &[&str], &[&str]); 9] = [
            (
                "method",
                "api::Lamps::dim",
                &[
                    "pub fn dim(&self, lamp_id: impl Into<LampId>, level: impl Into<BTreeMap<String, i64>>) -> Call<LampsDim>",
                    "// returns Vec<Lamp>",
                ],
                &["let result: Vec<Lamp> = lamps.dim(lamp_id, level).await?;"],
            ),
            (
                "method",
                "api::Lamps::off",
                &["pub fn off(&self) -> Call<LampsOff>", "// returns ()"],
                &["lamps.off().await?;"],
            ),
            (
                "handle",
                "api::Lamps",
                &["pub fn lamps(&self) -> Lamps"],
                &["parent.lamps()"],
            ),
            (
                "constructor",
                "CreateLamp::new",
                &["pub fn new(name: impl Into<String>) -> Self"],
                &["CreateLamp::new(name)"],
            ),
            (
                "field",
                "Lamp::watts",
                &["pub watts: Option<f64>"],
                &["let watts: Option<f64> = lamp.watts;"],
            ),
            ("variant", "LampKind::Desk", &["Desk"], &["LampKind::Desk"]),
            (
                "method",
                "api::Lamps::fade",
                &["api::Lamps::dim"],
                &["lamps.dim(..)"],
            ),
            ("impl", "Bulb", &["impl Default for Bulb"], &[]),
            (
                "constructor",
                "CreateLamp::builder",
                &["CreateLamp::builder()\n    .depth(f64)\n    .build()"],
                &["CreateLamp::builder()", "    .depth(depth)", "    .build()"],
            ),
        ];
        for (noun, path, lines, expected) in cases {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            assert_eq!(usage(noun, path, &lines), expected, "{path}");
        }
    }
}
