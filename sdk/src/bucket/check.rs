//! Checks the parts of a bucket's URI.
//!
//! In: one part, as the application passed it. Out: nothing, or an error that says what is wrong with it. No error contains the
//! part: people paste whole URIs, which can contain keys.

use crate::error::{Error, ErrorKind};

/// The rules of one storage service for names of buckets.
pub(super) struct Names {
    longest: usize,
    /// The characters allowed besides lowercase letters and digits.
    also: fn(char) -> bool,
}

/// Buckets from before 2018 may have capital letters, underscores and long names.
pub(super) const S3: Names = Names {
    longest: 255,
    also: |c| matches!(c, '-' | '.' | '_') || c.is_ascii_uppercase(),
};

/// A name with dots may be longer than 63 characters.
pub(super) const GCS: Names = Names {
    longest: 222,
    also: |c| matches!(c, '-' | '.' | '_'),
};

pub(super) const R2: Names = Names {
    longest: 63,
    also: |c| c == '-',
};

/// The longest key of an object, in bytes; a directory is the beginning of keys.
const LONGEST_DIRECTORY: usize = 1024;

/// Regions, ids and keys are never longer than this, in bytes.
const LONGEST_WORD: usize = 512;

/// Checks the name of a bucket.
pub(super) fn bucket(name: &str, names: &Names) -> Result<(), Error> {
    let refuse = |fault: &str| Err(invalid("bucket", fault));
    if name.contains("://") {
        return refuse("it is a URI; pass only the name");
    }
    if name.contains('/') {
        return refuse("it has a slash; pass the directory separately, with `directory`");
    }
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || (names.also)(c);
    if !name.chars().all(is_plain) {
        return refuse(
            "it has a character that this storage service does not allow in bucket names",
        );
    }
    if !(3..=names.longest).contains(&name.len()) {
        return refuse(&format!(
            "its length is {}, not 3 to {}",
            name.len(),
            names.longest
        ));
    }
    let is_end = |c: char| c.is_ascii_alphanumeric();
    if !name.starts_with(is_end) || !name.ends_with(is_end) {
        return refuse("it does not begin and end with a letter or a digit");
    }
    if name.contains("..") {
        return refuse("it has two dots in a row");
    }
    Ok(())
}

/// Checks an AWS region, such as `eu-central-1`.
pub(super) fn region(region: &str) -> Result<(), Error> {
    word("region", region)?;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if region.chars().all(is_plain) {
        Ok(())
    } else {
        Err(invalid("region", "it is not written as in `eu-central-1`"))
    }
}

/// Checks a directory: segments separated by slashes.
pub(super) fn directory(directory: &str) -> Result<(), Error> {
    let refuse = |fault: &str| Err(invalid("directory", fault));
    if directory.is_empty() {
        return refuse("it is empty; leave it out to write to the top of the bucket");
    }
    if directory.len() > LONGEST_DIRECTORY {
        return refuse(&format!("it is longer than {LONGEST_DIRECTORY} bytes"));
    }
    if directory.chars().any(char::is_control) {
        return refuse("it has a line break or another control character");
    }
    for segment in directory.split('/') {
        match segment {
            "" => {
                return refuse("it begins or ends with a slash, or has two in a row");
            }
            "." | ".." => {
                return refuse("it has a segment `.` or `..`, which names another directory");
            }
            _ => {}
        }
    }
    Ok(())
}

/// Checks an id or a key: not empty, and without white space or control characters, which are copying errors.
pub(super) fn word(what: &str, word: &str) -> Result<(), Error> {
    if word.is_empty() {
        return Err(invalid(what, "it is empty"));
    }
    if word.len() > LONGEST_WORD {
        return Err(invalid(
            what,
            &format!("it is longer than {LONGEST_WORD} bytes"),
        ));
    }
    if word.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(invalid(
            what,
            "it has a space, a line break or another control character",
        ));
    }
    Ok(())
}

fn invalid(what: &str, fault: &str) -> Error {
    Error::new(
        ErrorKind::InvalidInput,
        format!("the {what} of the destination cannot be used: {fault}"),
    )
}
