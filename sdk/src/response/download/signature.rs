//! The signatures that files begin with.
//!
//! In: the media type that an operation promises, and the first bytes of the body. Out: whether they fit. For media types without
//! a signature the result is `None`.

/// The length of a signature in bytes.
pub(super) const LENGTH: usize = 4;

/// Captures: pcap in both byte orders, with timestamps in micro- or nanoseconds; and pcapng.
const PCAP: &[[u8; LENGTH]] = &[
    [0xd4, 0xc3, 0xb2, 0xa1],
    [0xa1, 0xb2, 0xc3, 0xd4],
    [0x4d, 0x3c, 0xb2, 0xa1],
    [0xa1, 0xb2, 0x3c, 0x4d],
    [0x0a, 0x0d, 0x0d, 0x0a],
];

/// ZIP archives: usual, empty, and in several parts.
const ZIP: &[[u8; LENGTH]] = &[*b"PK\x03\x04", *b"PK\x05\x06", *b"PK\x07\x08"];

/// Whether the bytes begin like a file of that type. `None`: files of that type have no signature.
pub(super) fn fits(media_type: &str, bytes: &[u8]) -> Option<bool> {
    let signatures = match media_type {
        "application/vnd.tcpdump.pcap" | "application/x-pcapng" => PCAP,
        "application/zip" => ZIP,
        _ => return None,
    };
    Some(
        signatures
            .iter()
            .any(|signature| bytes.starts_with(signature)),
    )
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn b53_files_begin_with_their_signature() {
        let pcap = "application/vnd.tcpdump.pcap";
        let captures: [&[u8]; 5] = [
            b"\xd4\xc3\xb2\xa1\x02\0",
            b"\xa1\xb2\xc3\xd4",
            b"\x4d\x3c\xb2\xa1",
            b"\xa1\xb2\x3c\x4d",
            b"\n\r\r\n",
        ];
        for capture in captures {
            assert_eq!(fits(pcap, capture), Some(true), "{capture:?}");
        }
        for other in [&b"PK\x03\x04"[..], b"\xd4\xc3\xb2", b"", b"oops"] {
            assert_eq!(fits(pcap, other), Some(false), "{other:?}");
        }
        assert_eq!(fits("application/zip", b"PK\x05\x06\0\0"), Some(true));
        assert_eq!(fits("application/zip", b"\xd4\xc3\xb2\xa1"), Some(false));
        assert_eq!(fits("application/octet-stream", b""), None);
    }
}
