//! A file that the service would give.

/// A capture without packets, in the pcap file format: its header alone.
pub const EMPTY_CAPTURE: &[u8] = &[
    0xd4, 0xc3, 0xb2, 0xa1, // the format, in the order of bytes that follows
    2, 0, 4, 0, // version 2.4
    0, 0, 0, 0, 0, 0, 0, 0, // times as they are
    0, 0, 4, 0, // packets of up to 262144 bytes
    1, 0, 0, 0, // Ethernet
];
