//! A file in the pcap format.
//!
//! In: packets, and how many bytes of each are kept. Out: the file, little-endian, with times to the microsecond.

use super::traffic::packet::Packet;

/// Bytes of a packet that a simple capture keeps.
pub(crate) const SAMPLED: u32 = 160;

/// The longest packet of a full capture.
pub(crate) const WHOLE: u32 = 262_144;

/// Version 2.4, without a time zone, accuracy not stated.
const BEGINNING: [u8; 16] = [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const ETHERNET: u32 = 1;

/// The file with these packets, which are in the order of time.
pub(crate) fn pcap<'a>(packets: impl IntoIterator<Item = &'a Packet>, kept: u32) -> Vec<u8> {
    let mut file = BEGINNING.to_vec();
    file.extend(kept.to_le_bytes());
    file.extend(ETHERNET.to_le_bytes());
    for packet in packets {
        let mut bytes = packet.bytes();
        let whole = word(bytes.len());
        bytes.truncate(usize::try_from(kept).unwrap_or(usize::MAX));
        let (seconds, fraction) = (packet.at / 1_000_000, packet.at % 1_000_000);
        for number in [seconds, fraction] {
            file.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
        }
        file.extend(word(bytes.len()).to_le_bytes());
        file.extend(whole.to_le_bytes());
        file.extend(bytes);
    }
    file
}

fn word(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
