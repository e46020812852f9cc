//! The traffic that captures see: a few hosts of the address ranges for documentation, which do the same over and over.
//!
//! In: a filter and a window of time. Out: the packets that match, in the order of time. The traffic is a function of time alone: two
//! captures of one window see the same packets, and past traffic exists without having been stored.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use self::conversation::{Conversation, Step};
use self::packet::{Packet, Peer};
use self::payload::Payload;
use super::filter::Matcher;
use crate::testing::fake::ids::Ids;
use crate::testing::fake::moment::Moment;

mod checksum;
mod conversation;
pub(crate) mod packet;
mod payload;

/// After this time the traffic repeats.
const CYCLE: u64 = 10_000_000;

/// Two hosts that talk.
struct Flow {
    client: Peer,
    server: Peer,
    talk: Talk,
    /// When they talk in each cycle, in milliseconds from its start.
    starts: &'static [u64],
}

/// What they say.
enum Talk {
    /// A connection: what is sent, and whether it is the server that sends it.
    Tcp(&'static [(bool, Payload)]),
    /// A datagram, and the other's.
    Udp(Payload, Payload),
    /// An echo request and its reply, with so many bytes.
    Ping(u16),
}

const fn v4(network: u8, host: u8, port: Option<u16>) -> Peer {
    let address = match network {
        192 => Ipv4Addr::new(192, 0, 2, host),
        198 => Ipv4Addr::new(198, 51, 100, host),
        _ => Ipv4Addr::new(203, 0, 113, host),
    };
    let address = IpAddr::V4(address);
    Peer { address, port }
}

const fn v6(network: u16, host: u16, port: Option<u16>) -> Peer {
    let address = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, network, 0, 0, 0, 0, host));
    Peer { address, port }
}

const HTTP_REQUEST: Payload =
    Payload::Text("GET /status HTTP/1.1\r\nHost: www.example.com\r\nAccept: */*\r\n\r\n");
const HTTP_RESPONSE: Payload = Payload::Text(
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n",
);

/// The first pair is that of the document's example.
const FLOWS: &[Flow] = &[
    Flow {
        client: v4(198, 7, Some(50000)),
        server: v4(192, 10, Some(443)),
        talk: Talk::Tcp(&[
            (false, Payload::Tls(512)),
            (true, Payload::Tls(1400)),
            (true, Payload::Tls(1100)),
            (false, Payload::Tls(80)),
        ]),
        starts: &[100, 5100],
    },
    Flow {
        client: v4(198, 23, Some(51022)),
        server: v4(192, 22, Some(22)),
        talk: Talk::Tcp(&[
            (true, Payload::Text("SSH-2.0-OpenSSH_9.6\r\n")),
            (false, Payload::Text("SSH-2.0-OpenSSH_9.8\r\n")),
        ]),
        starts: &[2300],
    },
    Flow {
        client: v4(203, 80, Some(49152)),
        server: v4(192, 10, Some(80)),
        talk: Talk::Tcp(&[(false, HTTP_REQUEST), (true, HTTP_RESPONSE)]),
        starts: &[700, 4000, 7300],
    },
    Flow {
        client: v4(198, 53, Some(40053)),
        server: v4(192, 53, Some(53)),
        talk: Talk::Udp(Payload::DnsQuery, Payload::DnsResponse),
        starts: &[50, 1050, 3050, 5050, 6550, 8050, 9050],
    },
    Flow {
        client: v4(203, 123, Some(123)),
        server: v4(192, 12, Some(123)),
        talk: Talk::Udp(Payload::Ntp(3), Payload::Ntp(4)),
        starts: &[4444, 8888],
    },
    Flow {
        client: v4(203, 9, None),
        server: v4(192, 10, None),
        talk: Talk::Ping(56),
        starts: &[500, 1500, 2500, 3500, 4500, 5500, 6500, 7500, 8500, 9500],
    },
    Flow {
        client: v6(1, 7, Some(50443)),
        server: v6(2, 0x10, Some(443)),
        talk: Talk::Tcp(&[(false, Payload::Tls(256)), (true, Payload::Tls(1200))]),
        starts: &[1900, 6900],
    },
    Flow {
        client: v6(1, 0x53, Some(40053)),
        server: v6(2, 0x53, Some(53)),
        talk: Talk::Udp(Payload::DnsQuery, Payload::DnsResponse),
        starts: &[2750, 7750],
    },
    Flow {
        client: v6(1, 9, None),
        server: v6(2, 0x10, None),
        talk: Talk::Ping(32),
        starts: &[900, 5900],
    },
];

/// The packets that match, from the first moment until before the other.
pub(crate) fn packets(
    matcher: &Matcher,
    from: Moment,
    until: Moment,
) -> impl Iterator<Item = Packet> + use<> {
    let (from, until) = (microseconds(from), microseconds(until));
    let mut steps = script();
    steps.retain(|step| matcher.accepts(&step.from, &step.to, step.protocol()));
    steps.sort_by_key(|step| step.at);
    let last = if steps.is_empty() {
        0
    } else {
        until.div_ceil(CYCLE)
    };
    let cycles = from / CYCLE..last;
    cycles
        .flat_map(move |cycle| {
            steps
                .clone()
                .into_iter()
                .map(move |step| in_cycle(step, cycle))
        })
        .skip_while(move |packet| packet.at < from)
        .take_while(move |packet| packet.at < until)
}

/// The first moment after a packet.
pub(crate) fn moment_after(packet: &Packet) -> Moment {
    Moment::default().plus(Duration::from_millis(packet.at / 1000 + 1))
}

fn microseconds(moment: Moment) -> u64 {
    moment.milliseconds().saturating_mul(1000)
}

/// A step of the script in one of the cycles. All steps of a cycle are late by the same: their order stays.
fn in_cycle(step: Step, cycle: u64) -> Packet {
    let late = Ids::new(cycle).below(1000);
    let at = cycle.saturating_mul(CYCLE).saturating_add(step.at + late);
    Packet {
        at,
        seed: Ids::new(cycle ^ (step.talk << 48)).number(),
        flow: step.flow,
        from: step.from,
        to: step.to,
        header: step.header,
        payload: step.payload,
        number: (cycle << 6).wrapping_add(step.talk),
    }
}

/// All that happens in a cycle.
fn script() -> Vec<Step> {
    let mut steps = Vec::new();
    let mut talk = 0;
    for (number, flow) in FLOWS.iter().enumerate() {
        for start in flow.starts {
            talk += 1;
            let mut script =
                Conversation::new(number, talk, start * 1000, flow.client, flow.server);
            match flow.talk {
                Talk::Tcp(sent) => script.connection(sent),
                Talk::Udp(one, other) => script.datagrams(one, other),
                Talk::Ping(bytes) => script.ping(bytes),
            }
            steps.extend(script.steps());
        }
    }
    steps
}
