//! The calls, as an application makes them.
//!
//! In: an account of the service, an action, and the number of the call. Out: the result of the call. It checks nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::time::Duration;

use cloudflare_magic::api::{Account, PcapsDownload};
use cloudflare_magic::endpoint::{Endpoint, ResponseKind};
use cloudflare_magic::{
    Call, CloudType, CreateOnramp, CreateProvider, Download, Error, OnrampCloudType, OnrampType,
    SimplePcapRequest, UpdateProvider,
};

use crate::action::Action;
use crate::responses::id;
use crate::service::TAG;

/// The most bytes that a call holds in memory.
pub(crate) const MOST: usize = 1 << 20;

const MINUTE: Duration = Duration::from_secs(60);

/// The result of a successful call.
pub(crate) struct CallResult {
    pub(crate) attempts: u32,
    /// The ids in the result or in the file.
    pub(crate) ids: Vec<String>,
}

/// Makes a call. Files go into the folder.
pub(crate) async fn make(
    account: &Account,
    action: Action,
    call: usize,
    folder: &Path,
) -> Result<CallResult, Error> {
    let cloud = account.magic_cloud();
    let (providers, onramps, pcaps) = (cloud.providers(), cloud.onramps(), account.pcaps());
    let creation = CreateProvider::new(CloudType::Aws, id(call));
    let change = UpdateProvider::new().friendly_name(id(call));
    let capture = SimplePcapRequest::builder()
        .packet_limit(1000)
        .time_limit(60)
        .build();
    match action {
        Action::ListProviders => send(providers.list(), call, |all| {
            all.iter().map(|one| one.id.to_string()).collect()
        }),
        Action::ListResources => send(cloud.resources().list(), call, |page| {
            page.items.iter().map(|one| one.id.to_string()).collect()
        }),
        Action::GetProvider => send(providers.get("p1"), call, |one| vec![one.id.to_string()]),
        Action::CreateProvider => send(providers.create(creation), call, |one| {
            vec![one.id.to_string()]
        }),
        Action::PatchProvider => send(providers.patch("p1", change), call, |one| {
            vec![one.id.to_string()]
        }),
        Action::UpdateProvider => send(providers.update("p1", change), call, |one| {
            vec![one.id.to_string()]
        }),
        Action::DeleteProvider => {
            send(providers.delete("p1"), call, |one| vec![one.id.to_string()])
        }
        Action::CreateOnramp => send(onramps.create(onramp(call)), call, |one| {
            vec![one.id.to_string()]
        }),
        Action::CreatePcap => send(pcaps.create(capture), call, |pcap| {
            pcap.id().map(ToString::to_string).into_iter().collect()
        }),
        Action::DiscoverProvider => send(providers.discover("p1"), call, |()| Vec::new()),
        Action::ApplyOnramp => send(onramps.apply("o1"), call, |()| Vec::new()),
        Action::StopPcap => send(pcaps.stop("c1"), call, |()| Vec::new()),
        Action::DownloadPcap => Box::pin(download(pcaps.download("c1"), call)),
        Action::SavePcap => Box::pin(save(pcaps.download("c1"), call, folder.join(id(call)))),
    }
    .await
}

/// The future of a call, whatever its action.
type Making = Pin<Box<dyn Future<Output = Result<CallResult, Error>> + Send>>;

/// Sends a call, and takes the ids out of its result.
fn send<E: Endpoint>(
    request: Call<E>,
    call: usize,
    ids: impl FnOnce(&<E::Response as ResponseKind>::Output) -> Vec<String> + Send + 'static,
) -> Making {
    Box::pin(async move {
        let response = request.header(TAG, call.to_string()).send().await?;
        let attempts = response.attempts();
        let ids = ids(response.value());
        Ok(CallResult { attempts, ids })
    })
}

async fn download(request: Call<PcapsDownload>, call: usize) -> Result<CallResult, Error> {
    let (attempts, download) = begin(request, call).await?;
    let ids = contents(&download.bytes(MOST).await?);
    Ok(CallResult { attempts, ids })
}

async fn save(
    request: Call<PcapsDownload>,
    call: usize,
    path: PathBuf,
) -> Result<CallResult, Error> {
    let (attempts, download) = begin(request, call).await?;
    let length = download.to_file(&path).await?;
    let file = std::fs::read(&path).unwrap();
    assert_eq!(file.len() as u64, length);
    let ids = contents(&file);
    Ok(CallResult { attempts, ids })
}

/// Begins a download, and sets a limit on the whole of it, which it does not have by default.
async fn begin(request: Call<PcapsDownload>, call: usize) -> Result<(u32, Download), Error> {
    let request = request.header(TAG, call.to_string()).timeout(MINUTE);
    let response = request.send().await?;
    Ok((response.attempts(), response.into_inner()))
}

/// The ids that a file repeats, each once.
fn contents(file: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(file.get(4..).unwrap_or_default());
    let ids: BTreeSet<_> = text.split_terminator(';').map(str::to_owned).collect();
    ids.into_iter().collect()
}

fn onramp(call: usize) -> CreateOnramp {
    CreateOnramp::builder()
        .kind(OnrampType::Hub)
        .name(id(call))
        .cloud_type(OnrampCloudType::Aws)
        .dynamic_routing(true)
        .install_routes_in_cloud(false)
        .install_routes_in_magic_wan(true)
        .build()
}
