//! What packets carry.
//!
//! In: a kind, and a seed. Out: bytes that a dissector reads without complaint; what looks random is the same for the same seed.

use crate::testing::fake::ids::Ids;

/// The kind of a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Payload {
    Nothing,
    Text(&'static str),
    /// A TLS record with so many bytes of application data.
    Tls(u16),
    /// A query for the address of `www.example.com`.
    DnsQuery,
    DnsResponse,
    /// An NTP packet with this mode: 3 of a client, 4 of a server.
    Ntp(u8),
    /// So many bytes of an echo request.
    Echo(u16),
}

/// `www.example.com`, type A, class IN.
const QUESTION: &[u8] = b"\x03www\x07example\x03com\x00\x00\x01\x00\x01";

/// Flags, and the numbers of questions, answers and others.
const QUERY: [u8; 10] = [0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0];
const RESPONSE: [u8; 10] = [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0];

/// The name of the question, type A, class IN, 300 seconds, the address 192.0.2.10.
const ANSWER: [u8; 16] = [0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 192, 0, 2, 10];

impl Payload {
    pub(super) fn len(self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Text(text) => text.len(),
            Self::Tls(bytes) => 5 + usize::from(bytes),
            Self::DnsQuery => 12 + QUESTION.len(),
            Self::DnsResponse => 12 + QUESTION.len() + ANSWER.len(),
            Self::Ntp(_) => 48,
            Self::Echo(bytes) => usize::from(bytes),
        }
    }

    pub(super) fn bytes(self, seed: u64) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len());
        match self {
            Self::Nothing => {}
            Self::Text(text) => bytes.extend(text.as_bytes()),
            Self::Tls(data) => {
                bytes.extend([23, 3, 3]);
                bytes.extend(data.to_be_bytes());
                noise(&mut bytes, seed, data.into());
            }
            Self::DnsQuery | Self::DnsResponse => {
                noise(&mut bytes, seed, 2);
                let is_query = self == Self::DnsQuery;
                bytes.extend(if is_query { QUERY } else { RESPONSE });
                bytes.extend(QUESTION);
                if !is_query {
                    bytes.extend(ANSWER);
                }
            }
            Self::Ntp(mode) => {
                // Version 4, stratum 2, polls every 64 seconds, to the microsecond.
                bytes.extend([0x20 | mode, 2, 6, 0xec]);
                bytes.extend([0; 12]);
                noise(&mut bytes, seed, 32);
            }
            Self::Echo(data) => bytes.extend((0..data).map(|at| at.to_be_bytes()[1])),
        }
        bytes
    }
}

/// Adds so many bytes that look random.
fn noise(bytes: &mut Vec<u8>, seed: u64, count: usize) {
    let mut ids = Ids::new(seed);
    let end = bytes.len() + count;
    while bytes.len() < end {
        bytes.extend(ids.number().to_be_bytes());
    }
    bytes.truncate(end);
}

#[cfg(test)]
mod tests {
    use super::Payload;

    #[test]
    fn lengths_are_known_beforehand() {
        for payload in [
            Payload::Nothing,
            Payload::Text("four"),
            Payload::Tls(1400),
            Payload::DnsQuery,
            Payload::DnsResponse,
            Payload::Ntp(3),
            Payload::Echo(56),
        ] {
            assert_eq!(payload.bytes(7).len(), payload.len(), "{payload:?}");
        }
    }
}
