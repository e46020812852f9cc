//! All generated types by name. A test compares the lists with the model: a new type needs a line here.
//!
//! In: types. Out: for each its name and the functions that a test calls on it.

use std::collections::BTreeSet;

use cloudflare_magic as sdk;
use cloudflare_magic::Exposed;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tests::document::model;

/// Reads a text as a type and writes it again; a second reading must return an equal value.
pub(crate) type Trip = fn(&str) -> Result<Value, String>;

fn trip<T: DeserializeOwned + Serialize + PartialEq>(text: &str) -> Result<Value, String> {
    let read: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let written = serde_json::to_string(&Exposed(&read)).map_err(|error| error.to_string())?;
    match serde_json::from_str::<T>(&written) {
        Ok(again) if again == read => serde_json::from_str(&written).map_err(|e| e.to_string()),
        Ok(_) => Err(format!("{written} reads as another value")),
        Err(error) => Err(format!("{written}: {error}")),
    }
}

macro_rules! types {
    ($($name:ident)*) => {
        /// Structs, enums and unions.
        pub(crate) const TYPES: &[(&str, Trip)] = &[$((stringify!($name), trip::<sdk::$name>)),*];
    };
}

types! {
    ApplyProgress AwsTrustPolicy AzureSetup BucketOwnership CatalogSync
    CatalogSyncDestinationType CatalogSyncUpdateMode CloudPlatformClient CloudPlatformClientType
    CloudType Cost CostDiff CreateCatalogSync CreateOnramp CreateOwnership CreateProvider
    DeletedCatalogSync DeletedOnramp DeletedProvider ErrorCode ErrorDetail ErrorMeta ErrorSource
    FullPcap FullPcapRequest GcpSetup ListItem ListItemValue MagicWanAddressSpace Observation
    Onramp OnrampCloudType OnrampLifecycleState OnrampSortKey OnrampStatus OnrampType
    OwnershipStatus Pcap PcapFilter PcapRequest PcapStatus PcapSystem PcapType PlanProgress
    PlannedAction PolicyPreview PrebuiltPolicy Provider ProviderDiscoveryProgress
    ProviderDiscoveryStatus ProviderLifecycleState ProviderSetup ProviderSortKey ProviderStatus
    Resource ResourceDiff ResourcePreview ResourcePreviewItem ResourceSection
    ResourceSectionItem ResourceSectionItemValue ResourceSortKey ResourceType SimplePcap
    SimplePcapRequest StringItem UpdateCatalogSync UpdateMagicWanAddressSpace UpdateOnramp
    UpdateProvider ValidateOwnership YamlDiff YamlDiffItem YamlItem
}

#[test]
fn the_table_has_every_type_of_the_model() {
    let listed: BTreeSet<_> = TYPES.iter().map(|(name, _)| *name).collect();
    let types = model().names.types.values().map(String::as_str);
    assert_eq!(listed, types.collect());
}
