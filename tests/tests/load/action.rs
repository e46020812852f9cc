//! What the calls ask for: reads, creations, changes, files.
//!
//! In: nothing. Out: [`Action`], and the facts about each that a judge needs. They are written down here once more, by hand:
//! what may be sent twice must not be judged by what the SDK says of itself.

/// What a call asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Action {
    ListProviders,
    GetProvider,
    ListResources,
    CreateProvider,
    CreateOnramp,
    CreatePcap,
    PatchProvider,
    ApplyOnramp,
    UpdateProvider,
    DeleteProvider,
    StopPcap,
    DiscoverProvider,
    DownloadPcap,
    SavePcap,
}

/// What the answer to a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A result that bears the call's number.
    Result,
    /// Success, and nothing more.
    Nothing,
    /// A file that is read into memory, within a limit.
    Bytes,
    /// A file that is written to the disk, whatever its size.
    File,
}

impl Action {
    /// All of them, and how often each is asked for.
    pub(crate) const ALL: &[(Self, u64)] = &[
        (Self::ListProviders, 14),
        (Self::GetProvider, 14),
        (Self::ListResources, 6),
        (Self::CreateProvider, 12),
        (Self::CreateOnramp, 8),
        (Self::CreatePcap, 8),
        (Self::PatchProvider, 6),
        (Self::ApplyOnramp, 6),
        (Self::UpdateProvider, 6),
        (Self::DeleteProvider, 6),
        (Self::StopPcap, 3),
        (Self::DiscoverProvider, 4),
        (Self::DownloadPcap, 5),
        (Self::SavePcap, 2),
    ];

    /// The operation's id in the document.
    pub(crate) fn operation(self) -> &'static str {
        match self {
            Self::ListProviders => "providers-list",
            Self::GetProvider => "providers-read",
            Self::ListResources => "resources-catalog-list",
            Self::CreateProvider => "providers-create",
            Self::CreateOnramp => "onramps-create",
            Self::CreatePcap => "magic-pcap-collection-create-pcap-request",
            Self::PatchProvider => "providers-patch",
            Self::ApplyOnramp => "onramps-apply",
            Self::UpdateProvider => "providers-update",
            Self::DeleteProvider => "providers-delete",
            Self::StopPcap => "magic-pcap-collection-stop-full-pcap",
            Self::DiscoverProvider => "providers-discover",
            Self::DownloadPcap | Self::SavePcap => "magic-pcap-collection-download-simple-pcap",
        }
    }

    /// Whether it must not be done twice.
    pub(crate) fn is_once(self) -> bool {
        matches!(
            self,
            Self::CreateProvider
                | Self::CreateOnramp
                | Self::CreatePcap
                | Self::PatchProvider
                | Self::ApplyOnramp
        )
    }

    /// Whether it changes nothing.
    pub(crate) fn is_read(self) -> bool {
        let reads = [Self::ListProviders, Self::GetProvider, Self::ListResources];
        reads.contains(&self) || matches!(self.form(), Form::Bytes | Form::File)
    }

    pub(crate) fn form(self) -> Form {
        match self {
            Self::ApplyOnramp | Self::StopPcap | Self::DiscoverProvider => Form::Nothing,
            Self::DownloadPcap => Form::Bytes,
            Self::SavePcap => Form::File,
            _ => Form::Result,
        }
    }
}
