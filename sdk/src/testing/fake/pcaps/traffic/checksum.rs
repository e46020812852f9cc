//! The checksum of IP, TCP, UDP and ICMP.

use std::net::IpAddr;

/// A sum of 16-bit words in ones' complement (RFC 1071).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Checksum(u32);

impl Checksum {
    /// With these bytes; an odd one at the end is followed by a zero.
    pub(super) fn with(mut self, bytes: &[u8]) -> Self {
        for pair in bytes.chunks(2) {
            let high = pair.first().copied().unwrap_or_default();
            let low = pair.get(1).copied().unwrap_or_default();
            self.0 += u32::from(u16::from_be_bytes([high, low]));
            self.0 = (self.0 & 0xffff) + (self.0 >> 16);
        }
        self
    }

    /// With the pseudo-header of IPv4 or IPv6.
    pub(super) fn with_pseudo_header(
        self,
        from: IpAddr,
        to: IpAddr,
        protocol: u8,
        length: u16,
    ) -> Self {
        self.with(&octets(from))
            .with(&octets(to))
            .with(&[0, protocol])
            .with(&length.to_be_bytes())
    }

    /// The bytes for the header.
    pub(super) fn bytes(self) -> [u8; 2] {
        let folded = (self.0 & 0xffff) + (self.0 >> 16);
        let [_, _, high, low] = (!folded).to_be_bytes();
        [high, low]
    }
}

/// The bytes of an address.
pub(super) fn octets(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::Checksum;

    #[test]
    fn the_example_of_the_rfc() {
        let sum = Checksum::default().with(&[0, 1, 0xf2, 3, 0xf4, 0xf5, 0xf6, 0xf7]);
        assert_eq!(sum.bytes(), [0x22, 0x0d]);
        assert_eq!(Checksum::default().with(&[0xff]).bytes(), [0, 0xff]);
    }
}
