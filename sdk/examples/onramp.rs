//! Connects a VPC to Magic WAN: `cargo run --example onramp -- AWS frankfurt 1919e93a-d117-45ad-8988-93101c593af5`.
//!
//! In: the cloud (`AWS`, `AZURE`, `GOOGLE`), a name, and the VPC's id in the catalog; then, on the standard input, a `yes` to the
//! plan. `POLL_INTERVAL` is the time between two polls of the on-ramp, in seconds. Out: the plan and its cost; at the end, an active
//! on-ramp.

use std::error::Error;
use std::io;
use std::time::Duration;

use cloudflare_magic::api::Onramps;
use cloudflare_magic::{Client, CreateOnramp, ErrorKind, Onramp, OnrampId, OnrampType};

#[tokio::main]
async fn main() {
    if let Err(error) = connect().await {
        eprintln!("{error}");
        if let Some(error) = error.downcast_ref() {
            explain(error);
        }
        std::process::exit(1);
    }
}

async fn connect() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(cloud), Some(name), Some(vpc)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: onramp AWS|AZURE|GOOGLE <name> <id of the VPC>".into());
    };
    let onramps = Client::from_env()?
        .account_from_env()?
        .magic_cloud()
        .onramps();
    let interval = poll_interval()?;

    let design = CreateOnramp::builder()
        .cloud_type(cloud)
        .dynamic_routing(false)
        .install_routes_in_cloud(true)
        .install_routes_in_magic_wan(true)
        .name(name)
        .kind(OnrampType::Single)
        .vpc(vpc)
        .build();
    let id = onramps.create(design).await?.id;
    println!("The on-ramp {id} is created.");

    let planned = plan(&onramps, &id, interval).await?;
    print_plan(&planned);
    println!("Apply it? (yes)");
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    if line.trim() != "yes" {
        println!("The on-ramp stays as a design.");
        return Ok(());
    }
    apply(&onramps, &id, interval).await?;
    println!("The on-ramp {id} is active.");
    Ok(())
}

/// Plans the on-ramp, waits until it is planned, and reads the plan.
async fn plan(
    onramps: &Onramps,
    id: &OnrampId,
    interval: Option<Duration>,
) -> Result<Onramp, cloudflare_magic::Error> {
    onramps.plan(id).await?;
    let mut waiter = onramps.wait_until_planned(id);
    if let Some(interval) = interval {
        waiter = waiter.interval(interval);
    }
    waiter.await?;
    onramps.get(id).planned_resources(true).await
}

/// Applies the plan, and prints its progress until the on-ramp is active.
async fn apply(
    onramps: &Onramps,
    id: &OnrampId,
    interval: Option<Duration>,
) -> Result<(), cloudflare_magic::Error> {
    onramps.apply(id).await?;
    let mut waiter = onramps.wait_until_active(id);
    if let Some(interval) = interval {
        waiter = waiter.interval(interval);
    }
    while let Some(polled) = waiter.next().await {
        if let Some(status) = polled?.status {
            let progress = status.apply_progress;
            eprintln!(
                "{}: {} of {} steps",
                status.lifecycle_state, progress.done, progress.total
            );
        }
    }
    Ok(())
}

fn print_plan(onramp: &Onramp) {
    if onramp.planned_resources_unavailable == Some(true) {
        println!("The service cannot show what the plan changes.");
    }
    for change in &onramp.planned_resources {
        let resource = &change.resource;
        println!(
            "{} {} {} ({})",
            change.planned_action, resource.resource_type, resource.name, resource.detail
        );
    }
    if let Some(cost) = &onramp.planned_monthly_cost_estimate {
        println!(
            "A month costs {:.2} {}, {:+.2} by this plan.",
            cost.proposed_monthly_cost, cost.currency, cost.diff
        );
    }
}

/// The time between two polls; `None` for the default.
fn poll_interval() -> Result<Option<Duration>, Box<dyn Error>> {
    let Ok(seconds) = std::env::var("POLL_INTERVAL") else {
        return Ok(None);
    };
    Ok(Some(Duration::try_from_secs_f64(seconds.parse()?)?))
}

/// Prints what to do after an error.
fn explain(error: &cloudflare_magic::Error) {
    if error.may_have_been_processed() {
        eprintln!(
            "The request may have been processed: check the current state before you try again."
        );
    }
    match error.kind() {
        ErrorKind::WaitTimeout => eprintln!("The service is still working: wait again later."),
        ErrorKind::WaitFailed => eprintln!("Fix the reported causes, then plan again."),
        _ => {}
    }
}
