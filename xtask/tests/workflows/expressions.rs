//! The few expressions that the workflows use: `${{ a.b || 'c' }}` in values, and conditions of `==`, `!=`, `&&` and `||`.

use std::collections::BTreeMap;

/// What names such as `steps.update.outputs.result` stand for; an unknown one is empty, as on GitHub.
pub(crate) type Context = BTreeMap<String, String>;

/// A value with its expressions replaced.
pub(crate) fn put_in(text: &str, context: &Context) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${{") {
        let (expression, after) = after.split_once("}}").expect("the end of an expression");
        done.push_str(before);
        done.push_str(&first(expression, context));
        rest = after;
    }
    done + rest
}

/// The first of several values that is not empty.
fn first(expression: &str, context: &Context) -> String {
    let values = expression.split("||").map(|one| value(one.trim(), context));
    values
        .into_iter()
        .find(|one| !one.is_empty())
        .unwrap_or_default()
}

fn value(word: &str, context: &Context) -> String {
    if matches!(word, "true" | "false") {
        return word.to_owned();
    }
    match word
        .strip_prefix('\'')
        .and_then(|word| word.strip_suffix('\''))
    {
        Some(text) => text.to_owned(),
        None => context.get(word).cloned().unwrap_or_default(),
    }
}

/// Whether a condition holds.
pub(crate) fn holds(condition: &str, context: &Context) -> bool {
    let all = |part: &str| part.split("&&").all(|one| holds_one(one.trim(), context));
    condition.split("||").any(all)
}

fn holds_one(condition: &str, context: &Context) -> bool {
    if condition == "always()" {
        return true;
    }
    let (left, is_equal, right) = match condition.split_once("==") {
        Some((left, right)) => (left, true, right),
        None => {
            let (left, right) = condition.split_once("!=").expect("a comparison");
            (left, false, right)
        }
    };
    let sides = [left, right].map(|side| value(side.trim(), context));
    (sides[0] == sides[1]) == is_equal
}

#[test]
fn conditions_and_values() {
    let context = Context::from([("a.b".to_owned(), "c".to_owned())]);
    assert_eq!(
        put_in("x ${{ a.b }} ${{ a.c || 'd' }} y", &context),
        "x c d y"
    );
    for (condition, expected) in [
        ("a.b == 'c'", true),
        ("a.b != 'c'", false),
        ("a.x != ''", false),
        ("a.x == 'q' || a.b == 'c'", true),
        ("always() && a.b == 'd'", false),
    ] {
        assert_eq!(holds(condition, &context), expected, "{condition}");
    }
}
