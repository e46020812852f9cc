//! Readable signatures: the return type of a call instead of its `type Response`, a builder step by step, a type with the
//! names of its members.

use crate::surface::{Entry, EntryKind, Role, Surface, SurfaceLine};

/// The most members of a type that are named.
const MOST_MEMBERS: usize = 8;

/// The signatures of an entry, without traits and the types of endpoints.
pub(super) fn render_entry(path: &str, entry: &Entry, surface: &Surface) -> Vec<String> {
    if let Some(steps) = steps(entry) {
        return steps;
    }
    let lines = entry.lines.iter().filter(|line| match line.role {
        Role::Trait => false,
        Role::Type => entry.kind.is_type(),
        Role::Field | Role::Variant | Role::Constant | Role::Function | Role::Response => {
            !entry.kind.is_type()
        }
    });
    let mut texts = distinct(lines);
    if entry.kind.is_type()
        && let Some(head) = texts.first_mut()
    {
        head.push_str(&members(path, surface));
    }
    texts
}

/// The signatures of lines, each once: a builder has the optional setters of its type.
pub(super) fn distinct<'a>(lines: impl IntoIterator<Item = &'a SurfaceLine>) -> Vec<String> {
    let mut texts = Vec::new();
    for text in lines.into_iter().map(render_line) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

/// One signature.
fn render_line(line: &SurfaceLine) -> String {
    let Some(returned) = line.text.strip_prefix("type Response = ") else {
        return line.text.clone();
    };
    let inside = |kind: &str| {
        returned
            .strip_prefix(kind)?
            .strip_prefix('<')?
            .strip_suffix('>')
    };
    let returned = match (inside("List"), inside("Paged"), inside("Single"), returned) {
        (Some(item), ..) => format!("Vec<{item}>"),
        (_, Some(item), ..) => format!("Page<{item}>"),
        (_, _, Some(one), _) => one.to_owned(),
        (.., "Empty") => "()".to_owned(),
        (.., "Binary") => "Download".to_owned(),
        (.., other) => other.to_owned(),
    };
    format!("// returns {returned}")
}

/// A builder, one line for each of its setters.
fn steps(entry: &Entry) -> Option<Vec<String>> {
    let mut functions = entry
        .lines
        .iter()
        .filter(|line| line.role == Role::Function);
    let start = functions.clone().find(|line| line.name == "builder")?;
    let mut steps = vec![format!("{}::builder()", start.on)];
    steps.extend(
        functions
            .by_ref()
            .filter(|line| line.on != start.on)
            .map(|line| {
                let types: Vec<&str> = line
                    .arguments
                    .iter()
                    .map(|argument| argument.ty.as_str())
                    .collect();
                format!("    .{}({})", line.name, types.join(", "))
            }),
    );
    Some(steps)
}

fn members(path: &str, surface: &Surface) -> String {
    let parts = surface.entries.iter().filter(|(_, entry)| {
        entry.owner.as_deref() == Some(path)
            && matches!(entry.kind, EntryKind::Field | EntryKind::Variant)
    });
    let names = parts.filter_map(|(path, _)| path.rsplit("::").next());
    let mut names: Vec<&str> = names.filter(|name| *name != "Unknown").collect();
    if names.is_empty() {
        return String::new();
    }
    if names.len() > MOST_MEMBERS {
        names.truncate(MOST_MEMBERS);
        names.push("…");
    }
    format!(" {{ {} }}", names.join(", "))
}
