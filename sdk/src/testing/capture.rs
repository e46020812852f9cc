//! A file as the service would send it.

/// A capture without packets, in the pcap file format: only its header.
pub const EMPTY_CAPTURE: &[u8] = &[
    0xd4, 0xc3, 0xb2, 0xa1, // the signature, little-endian
    2, 0, 4, 0, // version 2.4
    0, 0, 0, 0, 0, 0, 0, 0, // no time zone offset, no accuracy given
    0, 0, 4, 0, // packets of up to 262144 bytes
    1, 0, 0, 0, // Ethernet
];
