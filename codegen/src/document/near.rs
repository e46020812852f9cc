//! Existing names that resemble a misspelt one.
//!
//! Input: a name that does not exist, and those that do. Output: the similar ones, the best first.

use std::cell::Cell;

/// How often a pass looks for near names among all operations or schemas. Each time all of them are compared, so that thousands of faults
/// would take time in proportion to their square.
const LOOKS: usize = 100;

/// Counts how often a pass has looked.
#[derive(Debug)]
pub(crate) struct Looks(Cell<usize>);

impl Looks {
    /// A pass begins.
    pub(crate) fn new() -> Self {
        Self(Cell::new(LOOKS))
    }

    /// Whether it may look once more.
    pub(crate) fn allow(&self) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(1));
        left > 0
    }
}

/// The name most similar to `name`, if one is similar enough.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(name, known, 1).into_iter().next()
}

/// Up to `count` names similar to `name`, the best first; ties keep the order of the input.
pub(crate) fn nearest_few<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    let scored = known
        .into_iter()
        .map(|candidate| (likeness(name, candidate), candidate));
    let mut alike: Vec<(f64, &str)> = scored.filter(|(score, _)| *score >= 0.8).collect();
    alike.sort_by(|one, two| two.0.total_cmp(&one.0));
    alike.dedup_by_key(|(_, candidate)| *candidate);
    alike
        .into_iter()
        .take(count)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// `did you mean …?` for the best name, or else `otherwise`.
pub(crate) fn did_you_mean<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_owned(),
    }
}

/// From 0 to 1; case never counts, and names that differ in one letter are always similar. Long names are not compared
/// letter by letter.
fn likeness(name: &str, candidate: &str) -> f64 {
    if name.len() > 200 || candidate.len() > 200 {
        return f64::from(name == candidate);
    }
    let (name, candidate) = (name.to_lowercase(), candidate.to_lowercase());
    let one_slip = name.len() > 2 && strsim::osa_distance(&name, &candidate) == 1;
    strsim::jaro_winkler(&name, &candidate).max(if one_slip { 0.85 } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::{LOOKS, Looks, did_you_mean, nearest, nearest_few};

    #[test]
    fn a_pass_looks_a_limited_number_of_times() {
        let looks = Looks::new();
        let allowed = (0..3 * LOOKS).filter(|_| looks.allow()).count();
        assert_eq!(allowed, LOOKS);
    }

    #[test]
    fn finds_what_was_meant() {
        let known = ["description", "type", "properties", "required"];
        assert_eq!(nearest("descripton", known), Some("description"));
        assert_eq!(nearest("TYPE", known), Some("type"));
        assert_eq!(nearest("zzz", known), None);
        assert_eq!(nearest_few("requird", known, 3), ["required"]);
        assert_eq!(did_you_mean("zzz", known, "remove it"), "remove it");
    }
}
