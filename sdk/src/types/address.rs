//! Arguments that are IP addresses.
//!
//! In: a text, or an address of the standard library. Out: the text: fields keep what the caller wrote, also where it is no address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An IP address as the text that is sent. Made from a text, which is not checked, or from an address of [`std::net`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddressText(String);

#[allow(dead_code, reason = "generated setters use what their document needs")]
impl AddressText {
    /// The text of an argument.
    pub(crate) fn text(address: impl Into<Self>) -> String {
        address.into().0
    }
}

impl From<&str> for AddressText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for AddressText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for AddressText {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<IpAddr> for AddressText {
    fn from(address: IpAddr) -> Self {
        Self(address.to_string())
    }
}

impl From<Ipv4Addr> for AddressText {
    fn from(address: Ipv4Addr) -> Self {
        Self(address.to_string())
    }
}

impl From<Ipv6Addr> for AddressText {
    fn from(address: Ipv6Addr) -> Self {
        Self(address.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::AddressText;
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

    #[test]
    fn texts_stay_and_addresses_become_texts() {
        let loopback = Ipv4Addr::LOCALHOST;
        assert_eq!(AddressText::text("10.0.0.0/8"), "10.0.0.0/8");
        let soon = "soon".to_owned();
        assert_eq!(AddressText::text(&soon), soon);
        assert_eq!(AddressText::text("::1".to_owned()), "::1");
        assert_eq!(AddressText::text(loopback), "127.0.0.1");
        assert_eq!(AddressText::text(IpAddr::V4(loopback)), "127.0.0.1");
        assert_eq!(AddressText::text(Ipv6Addr::LOCALHOST), "::1");
    }
}
