//! Names that would be too long. In: a name that was made of all nodes around an inline schema. Out: its beginning and its end, with a mark
//! between them that depends on the address of the node alone.
//!
//! rustdoc writes a file for each type, and a file system has a limit for the name of a file: 255 bytes, as a rule.

use crate::pointer::Pointer;

/// The longest name. What is derived from it, such as that of its builder, has room beside it.
pub(super) const LONGEST: usize = 160;

/// How much of its beginning and of its end a longer name keeps.
const KEPT: usize = 60;

/// The name, or a shorter one.
pub(super) fn name(at: &Pointer, made: String) -> String {
    if made.len() <= LONGEST {
        return made;
    }
    let mut words = made.char_indices();
    let starts = words.by_ref().filter(|(_, letter)| letter.is_uppercase());
    let starts: Vec<usize> = starts.map(|(start, _)| start).collect();
    let first = starts.iter().rfind(|start| **start <= KEPT);
    let last = starts.iter().find(|start| made.len() - **start <= KEPT);
    let first = first.and_then(|end| made.get(..*end)).unwrap_or_default();
    let last = last.and_then(|start| made.get(*start..));
    let mark = mark(&at.to_string());
    format!("{first}X{mark}{}", last.unwrap_or_default())
}

/// Six digits that depend on the address and on nothing else: FNV-1a.
pub(super) fn mark(address: &str) -> String {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let sum = address.bytes().fold(start, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{:06x}", (sum ^ (sum >> 32)) & 0x00ff_ffff)
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, is_valid};
    use super::{LONGEST, name};
    use crate::pointer::Pointer;

    #[test]
    fn long_names_keep_both_ends() {
        let at = |key: &str| Pointer::root().push("components").push(key);
        let short = "Lamp".repeat(40);
        assert_eq!(name(&at("a"), short.clone()), short);
        let long = format!("First{short}Last");
        let made = name(&at("a"), long.clone());
        assert!(
            made.starts_with("FirstLamp") && made.ends_with("LampLast"),
            "{made}"
        );
        assert!(
            made.len() <= LONGEST && is_valid(&made) && Case::UpperCamel.fits(&made),
            "{made}"
        );
        assert_ne!(made, name(&at("b"), long));
        // One word without a place to cut it.
        let word = format!("A{}", "a".repeat(300));
        let made = name(&at("a"), word);
        assert!(made.len() <= LONGEST && is_valid(&made), "{made}");
    }
}
