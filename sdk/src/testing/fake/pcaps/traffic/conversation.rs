//! What two hosts send to each other, one packet after the other.
//!
//! In: the hosts, and what they say. Out: steps, with the sequence numbers that belong to them, counted from zero.

use super::packet::{Header, Peer, flag};
use super::payload::Payload;

/// Between two packets of a conversation, in microseconds.
const GAP: u64 = 11_000;

/// A packet of the script: what is the same in each cycle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Microseconds from the start of the cycle.
    pub(super) at: u64,
    /// The number of the flow.
    pub(super) flow: usize,
    /// The number of the conversation in the cycle.
    pub(super) talk: u64,
    pub(super) from: Peer,
    pub(super) to: Peer,
    pub(super) header: Header,
    pub(super) payload: Payload,
}

impl Step {
    /// The number of its IP protocol.
    pub(super) fn protocol(&self) -> u8 {
        self.header.protocol(self.from.address)
    }
}

/// A conversation that is being written.
pub(super) struct Conversation {
    flow: usize,
    talk: u64,
    next: u64,
    client: Peer,
    server: Peer,
    /// Bytes sent so far by the client and the server; a SYN or FIN counts as one.
    sent: (u32, u32),
    steps: Vec<Step>,
}

impl Conversation {
    pub(super) fn new(flow: usize, talk: u64, start: u64, client: Peer, server: Peer) -> Self {
        Self {
            flow,
            talk,
            next: start,
            client,
            server,
            sent: (0, 0),
            steps: Vec::new(),
        }
    }

    /// The steps, in order.
    pub(super) fn steps(self) -> Vec<Step> {
        self.steps
    }

    /// A TCP connection from its beginning to its end. Each segment with data is acknowledged by itself.
    pub(super) fn connection(&mut self, data: &[(bool, Payload)]) {
        self.segment(false, flag::SYN, Payload::Nothing);
        self.segment(true, flag::SYN | flag::ACK, Payload::Nothing);
        self.segment(false, flag::ACK, Payload::Nothing);
        for &(by_server, payload) in data {
            self.segment(by_server, flag::PSH | flag::ACK, payload);
            self.segment(!by_server, flag::ACK, Payload::Nothing);
        }
        self.segment(false, flag::FIN | flag::ACK, Payload::Nothing);
        self.segment(true, flag::FIN | flag::ACK, Payload::Nothing);
        self.segment(false, flag::ACK, Payload::Nothing);
    }

    /// A datagram, and one back.
    pub(super) fn datagrams(&mut self, one: Payload, other: Payload) {
        self.step(false, Header::Udp, one);
        self.step(true, Header::Udp, other);
    }

    /// An echo request and its reply.
    pub(super) fn ping(&mut self, bytes: u16) {
        for is_reply in [false, true] {
            self.step(is_reply, Header::Echo { is_reply }, Payload::Echo(bytes));
        }
    }

    fn segment(&mut self, by_server: bool, flags: u8, payload: Payload) {
        let (sequence, acknowledged) = match by_server {
            false => self.sent,
            true => (self.sent.1, self.sent.0),
        };
        let header = Header::Tcp {
            flags,
            by_server,
            sequence,
            acknowledged,
        };
        let data = u32::try_from(payload.len()).unwrap_or_default();
        let sent = data + u32::from(flags & (flag::SYN | flag::FIN) != 0);
        match by_server {
            false => self.sent.0 += sent,
            true => self.sent.1 += sent,
        }
        self.step(by_server, header, payload);
    }

    fn step(&mut self, by_server: bool, header: Header, payload: Payload) {
        let (from, to) = match by_server {
            false => (self.client, self.server),
            true => (self.server, self.client),
        };
        self.steps.push(Step {
            at: self.next,
            flow: self.flow,
            talk: self.talk,
            from,
            to,
            header,
            payload,
        });
        self.next += GAP;
    }
}
