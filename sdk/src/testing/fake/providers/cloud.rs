//! The kinds of cloud that an integration can be of.

use serde::{Deserialize, Serialize};

/// A kind of cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Cloud {
    #[serde(rename = "AWS")]
    Aws,
    #[serde(rename = "AZURE")]
    Azure,
    #[serde(rename = "GOOGLE")]
    Google,
    /// Cloudflare itself.
    #[serde(rename = "CLOUDFLARE")]
    Cloudflare,
}

impl Cloud {
    /// The cloud of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let all = [Self::Aws, Self::Azure, Self::Google, Self::Cloudflare];
        all.into_iter().find(|cloud| cloud.name() == name)
    }

    /// Its name in requests and responses.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Azure => "AZURE",
            Self::Google => "GOOGLE",
            Self::Cloudflare => "CLOUDFLARE",
        }
    }

    /// The resource type of its private networks. `None`: it has none.
    pub(crate) fn network_type(self) -> Option<&'static str> {
        match self {
            Self::Aws => Some("aws_vpc"),
            Self::Azure => Some("azurerm_virtual_network"),
            Self::Google => Some("google_compute_network"),
            Self::Cloudflare => None,
        }
    }

    /// How people call it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Azure => "Azure",
            Self::Google => "Google Cloud",
            Self::Cloudflare => "Cloudflare",
        }
    }
}
