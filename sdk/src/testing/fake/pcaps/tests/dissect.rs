//! Reads pcap files, and checks what they contain: lengths and checksums of every packet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A pcap file.
pub(super) struct File {
    pub(super) kept: u32,
    pub(super) packets: Vec<Seen>,
}

/// A packet in it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    /// Microseconds since 1970.
    pub(super) at: u64,
    pub(super) kept: usize,
    pub(super) len: usize,
    pub(super) from: IpAddr,
    pub(super) to: IpAddr,
    pub(super) protocol: u8,
    pub(super) ports: Option<(u16, u16)>,
    pub(super) payload: Vec<u8>,
}

/// Reads a file to its last byte.
pub(super) fn file(bytes: &[u8]) -> File {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!((word(0), word(4), word(20)), (0xa1b2_c3d4, 0x0004_0002, 1));
    let (kept, mut packets, mut at) = (word(16), Vec::new(), 24);
    while at < bytes.len() {
        let time = u64::from(word(at)) * 1_000_000 + u64::from(word(at + 4));
        let (here, len) = (word(at + 8) as usize, word(at + 12) as usize);
        assert!(word(at + 4) < 1_000_000);
        assert_eq!(here, len.min(kept as usize));
        packets.push(packet(time, len, &bytes[at + 16..at + 16 + here]));
        at += 16 + here;
    }
    assert!(packets.is_sorted_by_key(|packet| packet.at));
    File { kept, packets }
}

fn packet(at: u64, len: usize, bytes: &[u8]) -> Seen {
    let pair = |at: usize| u16::from_be_bytes([bytes[at], bytes[at + 1]]);
    let (from, to, protocol, header) = match pair(12) {
        0x0800 => {
            assert_eq!((bytes[14], usize::from(pair(16))), (0x45, len - 14));
            assert_eq!(sum(&[&bytes[14..34]]), 0xffff);
            let address = |at: usize| {
                let octets: [u8; 4] = bytes[at..at + 4].try_into().unwrap();
                IpAddr::V4(Ipv4Addr::from(octets))
            };
            (address(26), address(30), bytes[23], 34)
        }
        0x86dd => {
            assert_eq!((bytes[14] >> 4, usize::from(pair(18))), (6, len - 54));
            let address = |at: usize| {
                let octets: [u8; 16] = bytes[at..at + 16].try_into().unwrap();
                IpAddr::V6(Ipv6Addr::from(octets))
            };
            (address(22), address(38), bytes[20], 54)
        }
        other => panic!("EtherType {other:#x}"),
    };
    let ports = matches!(protocol, 6 | 17).then(|| (pair(header), pair(header + 2)));
    let data = match protocol {
        6 => header + 20,
        17 => {
            assert_eq!(usize::from(pair(header + 4)), len - header);
            header + 8
        }
        1 | 58 => header + 8,
        other => panic!("protocol {other}"),
    };
    if bytes.len() == len {
        checksum(bytes, header, protocol);
    }
    Seen {
        at,
        kept: bytes.len(),
        len,
        from,
        to,
        protocol,
        ports,
        payload: bytes[data..].to_vec(),
    }
}

/// The checksum of TCP, UDP or ICMP of a whole packet.
fn checksum(bytes: &[u8], header: usize, protocol: u8) {
    let segment = &bytes[header..];
    let length = u32::try_from(segment.len()).unwrap().to_be_bytes();
    let addresses = match header {
        34 => &bytes[26..34],
        _ => &bytes[22..54],
    };
    let end = [0, 0, 0, protocol];
    let pseudo: &[&[u8]] = match protocol {
        1 => &[],
        _ => &[addresses, &length, &end],
    };
    let parts = [pseudo, &[segment]].concat();
    assert_eq!(sum(&parts), 0xffff, "{protocol} {bytes:x?}");
}

/// The sum of 16-bit words in ones' complement. Only the last part may be odd.
fn sum(parts: &[&[u8]]) -> u64 {
    let words = parts.iter().flat_map(|part| part.chunks(2));
    let word = |pair: &[u8]| u64::from(pair[0]) << 8 | u64::from(*pair.get(1).unwrap_or(&0));
    let mut sum: u64 = words.map(word).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum
}
