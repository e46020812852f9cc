//! The actions of the calls: reads, creations, changes, files.
//!
//! In: nothing. Out: [`Action`], and the facts about each that the checks need. They are repeated here by hand: the test of what
//! may be sent twice must not rely on what the SDK says.

/// What a call does.
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

/// The kind of a call's response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A result that contains the call's number.
    Result,
    /// Success without a result.
    Nothing,
    /// A file that is read into memory, within a limit.
    Bytes,
    /// A file that is written to the disk, whatever its size.
    File,
}

impl Action {
    /// All actions, with the weight of each.
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
