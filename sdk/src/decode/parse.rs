//! The parser: from a text to the cells of its tree.
//!
//! In: any text. Out: the cells and how deep they lie, or nothing where the text is not JSON by RFC 8259. Values of strings and numbers are not
//! computed: a number can be too large for any type, an escape can be half a character. It does not recurse.

use super::keys::mark_replaced;
use super::tree::{Cell, Kind};

/// Parses a text. `None` where it is not JSON, or too long for its places to fit.
pub(super) fn parse(text: &str) -> Option<(Vec<Cell>, u16)> {
    u32::try_from(text.len()).ok()?;
    let mut parser = Parser {
        text,
        bytes: text.as_bytes(),
        at: 0,
        cells: Vec::with_capacity(most_cells(text.as_bytes())),
        open: NONE,
        deepest: 0,
    };
    parser.document()?;
    Some((parser.cells, parser.deepest))
}

/// How many cells a text can need at most: one for the whole, one behind each of these characters.
fn most_cells(bytes: &[u8]) -> usize {
    /// The counts of a part fit in a byte each, and the processor then counts many bytes at once.
    const PART: usize = 224;
    // `[` and `{` differ in one bit.
    let is_separator = |byte: u8| (byte == b',') | (byte == b':') | (byte | 0x20 == b'{');
    let count = |part: &[u8]| part.iter().map(|byte| u8::from(is_separator(*byte))).sum();
    let counts = bytes.chunks(PART).map(count);
    1 + counts.map(|count: u8| usize::from(count)).sum::<usize>()
}

/// No container is open.
const NONE: u32 = u32::MAX;

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// Where it is in the text.
    at: usize,
    cells: Vec<Cell>,
    /// The innermost open container. The `next` of an open container is the one around it.
    open: u32,
    deepest: u16,
}

impl Parser<'_> {
    fn document(&mut self) -> Option<()> {
        loop {
            self.value()?;
            // A value has ended, and with it maybe the containers around it.
            loop {
                let byte = self.after_space();
                if self.open == NONE {
                    return byte.is_none().then_some(());
                }
                match (byte?, self.cells[self.open as usize].kind) {
                    (b',', Kind::Object) => {
                        self.at += 1;
                        self.key()?;
                        break;
                    }
                    (b',', _) => {
                        self.at += 1;
                        break;
                    }
                    (b'}', Kind::Object) | (b']', Kind::Array) => self.close(),
                    _ => return None,
                }
            }
        }
    }

    /// A scalar, or containers up to the first scalar in them or the end of an empty one.
    fn value(&mut self) -> Option<()> {
        loop {
            match self.after_space()? {
                b'{' => {
                    self.begin(Kind::Object);
                    if self.after_space()? == b'}' {
                        self.close();
                        return Some(());
                    }
                    self.key()?;
                }
                b'[' => {
                    self.begin(Kind::Array);
                    if self.after_space()? == b']' {
                        self.close();
                        return Some(());
                    }
                }
                b'"' => return self.string(),
                b't' => return self.word("true", Kind::True),
                b'f' => return self.word("false", Kind::False),
                b'n' => return self.word("null", Kind::Null),
                _ => return self.number(),
            }
        }
    }

    /// A key and the colon behind it.
    fn key(&mut self) -> Option<()> {
        if self.after_space()? != b'"' {
            return None;
        }
        self.string()?;
        if self.after_space()? != b':' {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn begin(&mut self, kind: Kind) {
        let index = self.cells.len() as u32;
        let depth = match self.open {
            NONE => 1,
            around => self.cells[around as usize].depth.saturating_add(1),
        };
        self.deepest = self.deepest.max(depth);
        self.cells.push(Cell {
            start: self.at as u32,
            end: 0,
            next: self.open,
            kind,
            depth,
        });
        self.open = index;
        self.at += 1;
    }

    fn close(&mut self) {
        self.at += 1;
        let (next, index) = (self.cells.len() as u32, self.open);
        let cell = &mut self.cells[index as usize];
        self.open = std::mem::replace(&mut cell.next, next);
        cell.end = self.at as u32;
        if cell.kind == Kind::Object {
            mark_replaced(self.text, &mut self.cells, index);
        }
    }

    fn push(&mut self, start: usize, kind: Kind) {
        self.cells.push(Cell {
            start: start as u32,
            end: self.at as u32,
            next: self.cells.len() as u32 + 1,
            kind,
            depth: 0,
        });
    }

    fn word(&mut self, word: &str, kind: Kind) -> Option<()> {
        let start = self.at;
        self.at += word.len();
        if self.bytes.get(start..self.at)? != word.as_bytes() {
            return None;
        }
        self.push(start, kind);
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        let start = self.at;
        self.at += 1;
        self.at += plain_length(self.bytes.get(self.at..)?);
        if self.peek() != Some(b'"') {
            return self.escaped(start);
        }
        self.at += 1;
        self.push(start, Kind::Plain);
        Some(())
    }

    /// The rest of a string, from its first escape. Apart from the others, which need fewer registers then.
    #[cold]
    fn escaped(&mut self, start: usize) -> Option<()> {
        while self.peek()? != b'"' {
            self.escape()?;
            self.at += plain_length(self.bytes.get(self.at..)?);
        }
        self.at += 1;
        self.push(start, Kind::Escaped);
        Some(())
    }

    fn escape(&mut self) -> Option<()> {
        if self.peek() != Some(b'\\') {
            return None;
        }
        let length = match self.bytes.get(self.at + 1)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
            b'u' => {
                let digits = self.bytes.get(self.at + 2..self.at + 6)?;
                if !digits.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                6
            }
            _ => return None,
        };
        self.at += length;
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let start = self.at;
        self.skip(b"-");
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        self.push(start, Kind::Number);
        Some(())
    }

    /// At least one digit.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    /// Skips one of these characters, if it is there.
    fn skip(&mut self, any: &[u8]) -> bool {
        let is_there = self.peek().is_some_and(|byte| any.contains(&byte));
        self.at += usize::from(is_there);
        is_there
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn after_space(&mut self) -> Option<u8> {
        loop {
            match self.peek()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }
}

/// How many bytes of a string come before its end, an escape, or a byte that is forbidden. Looks at eight bytes at once.
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    const HIGH: u64 = ONES << 7;
    let (words, rest) = bytes.as_chunks();
    let mut at = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // The high bit of each byte that is found. A borrow can only set one behind the first that is found. With the second bit
        // flipped, what is forbidden is below 0x20 still, and the quote is 0x20.
        let forbidden_or_quote = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
        let backslash = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
        let found = (forbidden_or_quote | backslash) & HIGH;
        if found != 0 {
            // Bytes beyond ASCII are found as well.
            let found = found & !word;
            if found != 0 {
                return at + found.trailing_zeros() as usize / 8;
            }
        }
        at += size_of_val(&word);
    }
    let plain = |byte: &&u8| **byte >= 0x20 && **byte != b'"' && **byte != b'\\';
    at + rest.iter().take_while(plain).count()
}
