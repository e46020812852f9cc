//! A tour of the SDK on the fake service: `cargo run -p cloudflare-magic --features fake-service --example tour`.
//!
//! It captures packets, proves a bucket, connects a cloud, shows what was found in it, and plans and applies an on-ramp. In: nothing, or
//! the address of a fake in `CLOUDFLARE_BASE_URL`, which has to be on loopback. It reads no credentials. Out: what happens, on the
//! standard output.

use std::collections::BTreeMap;
use std::error::Error;

use cloudflare_magic::api::{Account, MagicCloud};
use cloudflare_magic::{
    BucketDestination, CloudType, CreateOnramp, CreateOwnership, CreateProvider, OnrampType,
    PcapFilter, Provider, ProviderSetup, ResourceId, SimplePcapRequest, UpdateProvider,
    ValidateOwnership,
};

use door::Door;

mod door;
mod packets;

// One thread: the clock of the fake advances when this program does nothing but wait.
#[tokio::main(flavor = "current_thread")]
async fn main() {
    if let Err(error) = tour().await {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

async fn tour() -> Result<(), Box<dyn Error>> {
    let door = Door::open().await?;
    let account = door.client().account("023e105f4ecef8ad9ca31a8372d0c353");
    capture(&door, &account).await?;
    prove(&door, &account).await?;
    let cloud = account.magic_cloud();
    let provider = connect(&door, &cloud).await?;
    let vpc = look_around(&cloud, &provider).await?;
    onramp(&door, &cloud, vpc).await?;
    println!("\nThat was the tour. With a client of the service itself the same code works there.");
    Ok(())
}

/// Captures a sample of HTTPS packets, and prints the first of them.
async fn capture(door: &Door, account: &Account) -> Result<(), Box<dyn Error>> {
    println!("== A packet capture");
    let https = PcapFilter::new().protocol(6).destination_port(443);
    let request = SimplePcapRequest::builder()
        .packet_limit(100)
        .time_limit(60)
        .filter_v1(https)
        .build();
    let capture = account.pcaps().create(request).await?;
    let id = capture.id().ok_or("the capture has no id")?;
    let mut waiter = door.hurry(account.pcaps().wait_until_ready(id));
    while let Some(polled) = waiter.next().await {
        if let Some(status) = polled?.status() {
            println!("{} the capture is {status}", door.time());
        }
    }
    let file = account.pcaps().download(id).await?.bytes(1 << 20).await?;
    let packets = packets::lines(&file);
    println!(
        "{} packets in {} bytes. The first:",
        packets.len(),
        file.len()
    );
    for packet in packets.iter().take(5) {
        println!("    {packet}");
    }
    Ok(())
}

/// Proves that a bucket is ours, so that full captures can be written to it.
async fn prove(door: &Door, account: &Account) -> Result<(), Box<dyn Error>> {
    println!("\n== A bucket for full captures");
    let bucket = BucketDestination::gcs("tour-captures")?.directory("magic")?;
    let ownership = account.pcaps().ownership();
    let challenge = ownership.create(CreateOwnership::new(&bucket)).await?;
    println!(
        "{} the service wrote {} into the bucket",
        door.time(),
        challenge.filename
    );
    let object = format!("gs://tour-captures/magic/{}", challenge.filename);
    let contents = door.read_object(&object).await?;
    let proof = ValidateOwnership::new(&bucket, contents);
    let validating = ownership.validate(proof).await?;
    let mut waiter = door.hurry(ownership.wait_until_validated(&validating.id));
    let mut last = None;
    while let Some(polled) = waiter.next().await {
        let status = polled?.status;
        if last.replace(status.clone()) != Some(status.clone()) {
            println!("{} the bucket is {status}", door.time());
        }
    }
    Ok(())
}

/// Connects a cloud, and waits for its discovery.
async fn connect(door: &Door, cloud: &MagicCloud) -> Result<Provider, Box<dyn Error>> {
    println!("\n== A cloud integration");
    let providers = cloud.providers();
    let created = providers
        .create(CreateProvider::new(CloudType::Aws, "production"))
        .await?;
    println!(
        "{} {} is {}",
        door.time(),
        created.friendly_name,
        created.lifecycle_state
    );
    if let ProviderSetup::Aws(setup) = providers.initial_setup(&created.id).await? {
        let lines = setup.aws_trust_policy.lines().count();
        println!("    create a role with the trust policy ({lines} lines)");
    }
    let role = UpdateProvider::new().aws_arn("arn:aws:iam::123456789012:role/cloudflare");
    providers.patch(&created.id, role).await?;
    let mut waiter = door.hurry(providers.wait_until_discovered(&created.id));
    let mut shown = None;
    while let Some(polled) = waiter.next().await {
        let provider = polled?;
        if let Some(status) = provider.status {
            let progress = status.discovery_progress;
            let line = format!(
                "{}, {} of {} {}",
                provider.state, progress.done, progress.total, progress.unit
            );
            if shown.as_ref() != Some(&line) {
                println!("{} discovery is {line}", door.time());
                shown = Some(line);
            }
        }
    }
    Ok(providers.get(&created.id).status(true).await?)
}

/// Shows what discovery found, and returns the id of a VPC.
async fn look_around(
    cloud: &MagicCloud,
    provider: &Provider,
) -> Result<ResourceId, Box<dyn Error>> {
    println!("\n== The catalog of {}", provider.friendly_name);
    let mut counts = BTreeMap::<String, usize>::new();
    let mut vpc = None;
    let mut resources = cloud.resources().list().provider_id(&provider.id).items();
    while let Some(resource) = resources.next().await {
        let resource = resource?;
        *counts
            .entry(resource.resource_type.to_string())
            .or_default() += 1;
        if resource.resource_type.as_str() == "aws_vpc" && vpc.is_none() {
            println!(
                "    {} {} in {}",
                resource.resource_type, resource.name, resource.region
            );
            vpc = Some(resource.id);
        }
    }
    for (kind, count) in counts {
        println!("    {count:>3} {kind}");
    }
    Ok(vpc.ok_or("the catalog has no VPC")?)
}

/// Connects a VPC to Magic WAN: plans, shows the plan and its cost, applies.
async fn onramp(door: &Door, cloud: &MagicCloud, vpc: ResourceId) -> Result<(), Box<dyn Error>> {
    println!("\n== An on-ramp");
    let onramps = cloud.onramps();
    let design = CreateOnramp::builder()
        .cloud_type(CloudType::Aws.as_str())
        .dynamic_routing(false)
        .install_routes_in_cloud(true)
        .install_routes_in_magic_wan(true)
        .name("frankfurt")
        .kind(OnrampType::Single)
        .build()
        .vpc(vpc);
    let id = onramps.create(design).await?.id;
    onramps.plan(&id).await?;
    door.hurry(onramps.wait_until_planned(&id)).await?;
    let planned = onramps.get(&id).planned_resources(true).await?;
    println!("{} planned:", door.time());
    for change in &planned.planned_resources {
        println!(
            "    {} {} {}",
            change.planned_action, change.resource.resource_type, change.resource.name
        );
    }
    if let Some(cost) = planned.planned_monthly_cost_estimate {
        println!(
            "    a month costs {:.2} {}",
            cost.proposed_monthly_cost, cost.currency
        );
    }
    onramps.apply(&id).await?;
    let mut waiter = door.hurry(onramps.wait_until_active(&id));
    let mut shown = None;
    while let Some(polled) = waiter.next().await {
        if let Some(status) = polled?.status {
            let progress = (status.apply_progress.done, status.apply_progress.total);
            if shown.replace(progress) != Some(progress) {
                println!(
                    "{} {}: {} of {} steps",
                    door.time(),
                    status.lifecycle_state,
                    progress.0,
                    progress.1
                );
            }
        }
    }
    Ok(())
}
