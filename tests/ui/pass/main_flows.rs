//! User code in the forms that the documentation promises. It is compiled and not run.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use cloudflare_magic::api::Account;
use cloudflare_magic::builder::Missing;
use cloudflare_magic::{
    Client, CloudType, CreateOnramp, CreateProvider, Error, FullPcapRequest, OnrampCloudType,
    OnrampType, Pcap, PcapFilter, PcapId, PcapStatus, Provider, ProviderId, Response,
    SimplePcapRequest, SimplePcapRequestBuilder, UpdateProvider,
};

/// Both styles of credentials, and the environment.
pub(crate) fn clients() -> Result<[Client; 3], Error> {
    Ok([
        Client::from_env()?,
        Client::builder().api_token("token").build()?,
        Client::builder()
            .api_key("user@example.com", "key")
            .timeout(Duration::from_secs(5))
            .build()?,
    ])
}

/// Ids are passed as texts, by value, or borrowed.
pub(crate) async fn ids(account: &Account, id: &ProviderId, text: String) -> Result<(), Error> {
    let providers = account.magic_cloud().providers();
    let provider: Provider = providers.get(id).await?;
    providers.get(provider.id).await?;
    providers
        .get("f38b2ffc-80a4-4f5a-91c9-bc701e7ea419")
        .await?;
    providers.delete(text).await?;
    Ok(())
}

/// One call creates both kinds of captures; the response is matched by kind.
pub(crate) async fn captures(account: &Account) -> Result<Option<PcapId>, Error> {
    let pcaps = account.pcaps();
    pcaps
        .create(
            SimplePcapRequest::builder()
                .packet_limit(100)
                .time_limit(60)
                .build(),
        )
        .await?;
    let full = FullPcapRequest::new("ams01", "gs://bucket", 60).byte_limit(1_000_000);
    match pcaps.create(full).await? {
        Pcap::Full(capture) => match capture.status {
            Some(PcapStatus::Failed) => Ok(None),
            _ => Ok(capture.id),
        },
        other => Ok(other.id().cloned()),
    }
}

/// Setters in any order, also those of a builder.
pub(crate) async fn bodies(account: &Account, id: ProviderId) -> Result<(), Error> {
    let cloud = account.magic_cloud();
    let created = CreateProvider::new("AWS", "prod").description("All of it");
    cloud.providers().create(created).await?;
    let update = UpdateProvider::new().friendly_name("prod").aws_arn("arn");
    cloud.providers().patch(id, update).await?;
    let hub = CreateOnramp::builder()
        .name("hub")
        .kind(OnrampType::Hub)
        .install_routes_in_magic_wan(true)
        .install_routes_in_cloud(true)
        .dynamic_routing(false)
        .cloud_type(OnrampCloudType::Azure)
        .build()
        .attached_vpcs(Vec::<String>::new());
    cloud.onramps().create(hub).await?;
    Ok(())
}

/// What is at hand fits: narrow integers, addresses, options, borrowed texts.
pub(crate) async fn arguments(
    account: &Account,
    port: u16,
    seconds: u8,
    address: IpAddr,
    text: &String,
    region: Option<String>,
) -> Result<bool, Error> {
    let filter = PcapFilter::new()
        .destination_port(port)
        .source_port(443)
        .source_address(address)
        .destination_address(Ipv4Addr::LOCALHOST)
        .destination_address("")
        .destination_address(text);
    let sample = SimplePcapRequest::builder()
        .filter_v1(filter)
        .time_limit(seconds)
        .packet_limit(100)
        .build()
        .offset_time("2026-07-20T08:00:00Z");
    account.pcaps().create(sample).await?;
    let full = FullPcapRequest::new("", text, seconds).byte_limit(10_000_000_000_i64);
    account.pcaps().create(full).await?;
    let resources = account.magic_cloud().resources();
    let list = resources
        .list()
        .page(1)
        .per_page(port)
        .maybe_region(region)
        .maybe_region(None)
        .maybe_provider_id(Some(text.into()))
        .maybe_desc(None)
        .resource_id(Some("r1"));
    let found = list.await?;
    let found: Vec<_> = found.items.iter().map(|resource| &resource.id).collect();
    Ok(found.iter().any(|id| **id == "r1" || *id == text.as_str()))
}

/// A builder is a type that code can name, with what it still lacks.
pub(crate) fn named(name: &str) -> SimplePcapRequestBuilder<i64, Missing> {
    SimplePcapRequest::builder().packet_limit(i64::from(name.len() < 9))
}

/// A call is `Send + 'static`: it outlives the handle, and another task may send it.
pub(crate) fn calls_travel(account: &Account) {
    fn travels<T: Send + 'static>(_: T) {}
    let call = account.magic_cloud().providers().list().status(true);
    travels(call.clone());
    travels(call.clone().into_future());
    travels(call.timeout(Duration::from_secs(1)).send());
}

/// The whole response, and the parts of errors that programs match on.
pub(crate) async fn responses(account: &Account) -> Result<Vec<CloudType>, Error> {
    let call = account.magic_cloud().providers().list();
    let response: Response<Vec<Provider>> = call.send().await?;
    if response.status() != 200 || response.ray_id().is_none() {
        return Ok(Vec::new());
    }
    let clouds = response
        .into_inner()
        .into_iter()
        .map(|provider| provider.cloud_type);
    Ok(clouds.collect())
}
