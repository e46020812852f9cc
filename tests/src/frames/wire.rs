//! The bytes of HTTP/2 frames (RFC 9113).
//!
//! In: the parts of a frame. Out: its bytes, and the head of a frame from its bytes. Header fields are written as HPACK literals
//! without an index and without compression; they are never read.

/// What every client sends first.
pub(super) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The length of the head of a frame.
pub(super) const HEAD: usize = 9;

/// The largest frame that needs no agreement.
pub(super) const MAX_FRAME: usize = 16_384;

pub(super) const DATA: u8 = 0;
pub(super) const HEADERS: u8 = 1;
pub(super) const RST_STREAM: u8 = 3;
pub(super) const SETTINGS: u8 = 4;
pub(super) const PING: u8 = 6;
pub(super) const GOAWAY: u8 = 7;
pub(super) const WINDOW_UPDATE: u8 = 8;
pub(super) const CONTINUATION: u8 = 9;

pub(super) const ACK: u8 = 1;
pub(super) const END_STREAM: u8 = 1;
pub(super) const END_HEADERS: u8 = 4;
pub(super) const PADDED: u8 = 8;

/// Error codes (RFC 9113, section 7).
pub mod code {
    pub const NO_ERROR: u32 = 0;
    pub const PROTOCOL_ERROR: u32 = 1;
    pub const INTERNAL_ERROR: u32 = 2;
    pub const FLOW_CONTROL_ERROR: u32 = 3;
    pub const STREAM_CLOSED: u32 = 5;
    pub const REFUSED_STREAM: u32 = 7;
    pub const CANCEL: u32 = 8;
    pub const COMPRESSION_ERROR: u32 = 9;
    pub const ENHANCE_YOUR_CALM: u32 = 11;
    pub const INADEQUATE_SECURITY: u32 = 12;
    pub const HTTP_1_1_REQUIRED: u32 = 13;
}

/// A setting of the server (RFC 9113, section 6.5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// How many streams may be open at once.
    MaxConcurrentStreams(u32),
    /// How many bytes of a request's body may be sent before a WINDOW_UPDATE.
    InitialWindowSize(u32),
    /// How large a frame may be.
    MaxFrameSize(u32),
    /// How large the headers of a request may be.
    MaxHeaderListSize(u32),
}

/// The head of a frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) length: usize,
    pub(super) kind: u8,
    pub(super) flags: u8,
    pub(super) stream: u32,
}

impl Head {
    pub(super) fn parse(bytes: [u8; HEAD]) -> Self {
        let [a, b, c, kind, flags, stream @ ..] = bytes;
        Self {
            length: u32::from_be_bytes([0, a, b, c]) as usize,
            kind,
            flags,
            stream: u32::from_be_bytes(stream) & 0x7fff_ffff,
        }
    }

    pub(super) fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// A frame.
pub(super) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len())
        .unwrap_or(u32::MAX)
        .to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend_from_slice(payload);
    frame
}

/// GOAWAY.
pub(crate) fn go_away(last: u32, code: u32) -> Vec<u8> {
    let payload = [last.to_be_bytes(), code.to_be_bytes()].concat();
    frame(GOAWAY, 0, 0, &payload)
}

/// The payload of SETTINGS.
pub(super) fn settings(settings: &[Setting]) -> Vec<u8> {
    let mut payload = Vec::new();
    for setting in settings {
        let (number, value): (u16, u32) = match *setting {
            Setting::MaxConcurrentStreams(value) => (3, value),
            Setting::InitialWindowSize(value) => (4, value),
            Setting::MaxFrameSize(value) => (5, value),
            Setting::MaxHeaderListSize(value) => (6, value),
        };
        payload.extend(number.to_be_bytes());
        payload.extend(value.to_be_bytes());
    }
    payload
}

/// The head of a response as one or more frames: HEADERS, and CONTINUATION for what does not fit.
pub(super) fn headers(stream: u32, status: u16, headers: &[(&str, &str)], end: bool) -> Vec<u8> {
    let mut block = Vec::new();
    literal(":status", &status.to_string(), &mut block);
    for (name, value) in headers {
        literal(name, value, &mut block);
    }
    let mut frames = Vec::new();
    let mut pieces = block.chunks(MAX_FRAME).peekable();
    let mut kind = HEADERS;
    while let Some(piece) = pieces.next() {
        let mut flags = if pieces.peek().is_none() {
            END_HEADERS
        } else {
            0
        };
        if end && kind == HEADERS {
            flags |= END_STREAM;
        }
        frames.extend(frame(kind, flags, stream, piece));
        kind = CONTINUATION;
    }
    frames
}

/// A field that is not indexed, with a new name (RFC 7541, section 6.2.2).
fn literal(name: &str, value: &str, block: &mut Vec<u8>) {
    block.push(0);
    for text in [name, value] {
        length(text.len(), block);
        block.extend_from_slice(text.as_bytes());
    }
}

/// A length with a prefix of 7 bits (RFC 7541, section 5.1).
fn length(length: usize, block: &mut Vec<u8>) {
    let Some(mut rest) = length.checked_sub(127) else {
        block.push(u8::try_from(length).unwrap_or_default());
        return;
    };
    block.push(127);
    while rest >= 128 {
        block.push(u8::try_from(rest % 128).unwrap_or_default() | 128);
        rest /= 128;
    }
    block.push(u8::try_from(rest).unwrap_or_default());
}
