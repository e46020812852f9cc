//! The packets of a capture, one line each.
//!
//! In: a file in the pcap format. Out: time, addresses and ports of IPv4 packets; others by their length. A file that is cut off ends
//! with its last whole packet.

use std::net::Ipv4Addr;

/// A line for each packet.
pub(crate) fn lines(file: &[u8]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = file.get(24..).unwrap_or_default();
    while let Some((header, after)) = rest.split_at_checked(16) {
        let kept = number(header, 8) as usize;
        let Some((packet, next)) = after.split_at_checked(kept) else {
            break;
        };
        let (seconds, micros, length) = (number(header, 0), number(header, 4), number(header, 12));
        lines.push(format!(
            "{seconds}.{micros:06} {}, {length} bytes",
            ends(packet)
        ));
        rest = next;
    }
    lines
}

/// Where an Ethernet frame is from and where it goes.
fn ends(frame: &[u8]) -> String {
    let Some(packet) = frame
        .get(14..)
        .filter(|_| frame.get(12..14) == Some(&[8, 0]))
    else {
        return "no IPv4".to_owned();
    };
    let Some(&[first, .., a, b, c, d, e, f, g, h]) = packet.get(..20) else {
        return "cut off".to_owned();
    };
    let (from, to) = (Ipv4Addr::new(a, b, c, d), Ipv4Addr::new(e, f, g, h));
    let options = usize::from(first & 15) * 4;
    match (packet.get(9), packet.get(options..options + 4)) {
        (Some(protocol @ (6 | 17)), Some(&[a, b, c, d])) => {
            let name = if *protocol == 6 { "TCP" } else { "UDP" };
            let (source, target) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
            format!("{name} {from}:{source} -> {to}:{target}")
        }
        (protocol, _) => format!(
            "protocol {} {from} -> {to}",
            protocol.copied().unwrap_or_default()
        ),
    }
}

/// Four bytes, little-endian.
fn number(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map(u32::from_le_bytes).unwrap_or_default()
}
