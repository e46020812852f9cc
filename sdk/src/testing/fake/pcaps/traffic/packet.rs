//! A packet on the wire: Ethernet, IPv4 or IPv6, and TCP, UDP or ICMP.
//!
//! In: who sends what to whom, and when. Out: its bytes, with right lengths and checksums.

use std::net::IpAddr;

use super::checksum::{Checksum, octets};
use super::payload::Payload;
use crate::testing::fake::ids::Ids;

/// The flags of a TCP segment.
pub(super) mod flag {
    pub(in super::super) const FIN: u8 = 0x01;
    pub(in super::super) const SYN: u8 = 0x02;
    pub(in super::super) const PSH: u8 = 0x08;
    pub(in super::super) const ACK: u8 = 0x10;
}

/// A host, and its port if the protocol has ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Peer {
    pub(crate) address: IpAddr,
    pub(crate) port: Option<u16>,
}

/// What is between IP and the payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// Both numbers are counted from the start of the connection.
    Tcp {
        flags: u8,
        by_server: bool,
        sequence: u32,
        acknowledged: u32,
    },
    Udp,
    Echo {
        is_reply: bool,
    },
}

/// A packet.
#[derive(Clone, Debug)]
pub(crate) struct Packet {
    /// Microseconds since 1970.
    pub(crate) at: u64,
    /// The number of its flow: both directions of a conversation have the same.
    pub(crate) flow: usize,
    pub(super) from: Peer,
    pub(super) to: Peer,
    pub(super) header: Header,
    pub(super) payload: Payload,
    /// The same for all packets of a conversation.
    pub(super) seed: u64,
    /// The number of its conversation.
    pub(super) number: u64,
}

const ETHERNET: usize = 14;

impl Header {
    /// The number of the IP protocol.
    pub(super) fn protocol(self, address: IpAddr) -> u8 {
        match self {
            Self::Tcp { .. } => 6,
            Self::Udp => 17,
            Self::Echo { .. } if address.is_ipv4() => 1,
            Self::Echo { .. } => 58,
        }
    }

    fn len(self) -> usize {
        match self {
            Self::Tcp { .. } => 20,
            Self::Udp | Self::Echo { .. } => 8,
        }
    }
}

impl Packet {
    /// The length on the wire, without building the packet.
    pub(crate) fn len(&self) -> usize {
        let ip = if self.from.address.is_ipv4() { 20 } else { 40 };
        ETHERNET + ip + self.header.len() + self.payload.len()
    }

    /// All bytes of the packet.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let segment = self.segment();
        let mut bytes = self.ethernet().to_vec();
        bytes.extend(self.ip(length(segment.len())));
        bytes.extend(segment);
        bytes
    }

    fn ethernet(&self) -> [u8; ETHERNET] {
        let host = |of: IpAddr| octets(of).last().copied().unwrap_or_default();
        let [high, low] = match self.from.address {
            IpAddr::V4(_) => [0x08, 0x00],
            IpAddr::V6(_) => [0x86, 0xdd],
        };
        // Addresses that are administered locally.
        let (to, from) = (host(self.to.address), host(self.from.address));
        [2, 0, 0, 0, 0, to, 2, 0, 0, 0, 0, from, high, low]
    }

    fn ip(&self, length: u16) -> Vec<u8> {
        let (from, to) = (self.from.address, self.to.address);
        let protocol = self.header.protocol(from);
        let addresses = [octets(from), octets(to)].concat();
        if from.is_ipv6() {
            let mut header = vec![0x60, 0, 0, 0];
            header.extend(length.to_be_bytes());
            header.extend([protocol, 64]);
            header.extend(addresses);
            return header;
        }
        let [total, rest] = (20 + length).to_be_bytes();
        let [id, number] = u16_of(self.seed >> 16).to_be_bytes();
        // No fragments, 64 hops, and room for the checksum.
        let mut header = vec![
            0x45, 0, total, rest, id, number, 0x40, 0, 64, protocol, 0, 0,
        ];
        header.extend(addresses);
        put(&mut header, 10, Checksum::default());
        header
    }

    /// TCP, UDP or ICMP, with the payload.
    fn segment(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for port in [self.from.port, self.to.port].into_iter().flatten() {
            bytes.extend(port.to_be_bytes());
        }
        let at = match self.header {
            Header::Tcp {
                flags,
                by_server,
                sequence,
                acknowledged,
            } => {
                let [mine, other] = self.first_numbers(by_server);
                let is_ack = flags & flag::ACK != 0;
                let acknowledged = if is_ack {
                    other.wrapping_add(acknowledged)
                } else {
                    0
                };
                bytes.extend(mine.wrapping_add(sequence).to_be_bytes());
                bytes.extend(acknowledged.to_be_bytes());
                // Five words of header, the largest window, and room for the checksum.
                bytes.extend([0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
                16
            }
            Header::Udp => {
                bytes.extend(length(8 + self.payload.len()).to_be_bytes());
                bytes.extend([0, 0]);
                6
            }
            Header::Echo { is_reply } => {
                let kind = match (self.from.address.is_ipv4(), is_reply) {
                    (true, false) => 8,
                    (true, true) => 0,
                    (false, false) => 128,
                    (false, true) => 129,
                };
                bytes.extend([kind, 0, 0, 0]);
                bytes.extend(length(self.flow).to_be_bytes());
                bytes.extend(u16_of(self.number).to_be_bytes());
                2
            }
        };
        bytes.extend(self.payload.bytes(self.seed));
        let begun = self.pseudo_header(bytes.len());
        put(&mut bytes, at, begun);
        bytes
    }

    /// The checksum begins with the pseudo-header, except that of ICMP on IPv4.
    fn pseudo_header(&self, len: usize) -> Checksum {
        let (from, to) = (self.from.address, self.to.address);
        match self.header.protocol(from) {
            1 => Checksum::default(),
            protocol => Checksum::default().with_pseudo_header(from, to, protocol, length(len)),
        }
    }

    /// The first sequence numbers of the connection: the sender's, and the other's.
    fn first_numbers(&self, by_server: bool) -> [u32; 2] {
        let number = Ids::new(self.seed).number();
        let [client, server] = [number >> 32, number]
            .map(|half| u32::try_from(half & 0xffff_ffff).unwrap_or_default());
        if by_server {
            [server, client]
        } else {
            [client, server]
        }
    }
}

/// Writes the checksum of all bytes to this place, which holds zeros.
fn put(bytes: &mut [u8], at: usize, begun: Checksum) {
    let sum = match begun.with(bytes).bytes() {
        // Both are zero in ones' complement. In UDP two zero bytes would say that there is no checksum.
        [0, 0] => [0xff, 0xff],
        sum => sum,
    };
    for (place, byte) in bytes.iter_mut().skip(at).zip(sum) {
        *place = byte;
    }
}

fn length(of: usize) -> u16 {
    u16::try_from(of).unwrap_or(u16::MAX)
}

fn u16_of(number: u64) -> u16 {
    u16::try_from(number & 0xffff).unwrap_or_default()
}
