//! Connects a VPC to Magic WAN: `cargo run --example onramp -- AWS frankfurt 1919e93a-d117-45ad-8988-93101c593af5`.
//!
//! In: the cloud (`AWS`, `AZURE`, `GOOGLE`), a name, and the VPC's id in the catalog; then, on the standard input, a `yes` to the
//! plan. `LOOK_EVERY` is how often to look at the on-ramp, in seconds. Out: the plan and its cost; in the end an active on-ramp.

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
    let every = look_every()?;

    let design = CreateOnramp::builder()
        .cloud_type(cloud)
        .dynamic_routing(false)
        .install_routes_in_cloud(true)
        .install_routes_in_magic_wan(true)
        .name(name)
        .kind(OnrampType::Single)
        .build()
        .vpc(vpc);
    let id = onramps.create(design).await?.id;
    println!("The on-ramp {id} is created.");

    let planned = plan(&onramps, &id, every).await?;
    print_plan(&planned);
    println!("Apply it? (yes)");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    if answer.trim() != "yes" {
        println!("The on-ramp stays as a design.");
        return Ok(());
    }
    apply(&onramps, &id, every).await?;
    println!("The on-ramp {id} is active.");
    Ok(())
}

/// Has the on-ramp planned, and reads the plan.
async fn plan(
    onramps: &Onramps,
    id: &OnrampId,
    every: Option<Duration>,
) -> Result<Onramp, cloudflare_magic::Error> {
    onramps.plan(id).await?;
    let mut waiter = onramps.wait_until_planned(id);
    if let Some(every) = every {
        waiter = waiter.interval(every);
    }
    waiter.await?;
    onramps.get(id).planned_resources(true).await
}

/// Has the plan carried out, and tells how far it is.
async fn apply(
    onramps: &Onramps,
    id: &OnrampId,
    every: Option<Duration>,
) -> Result<(), cloudflare_magic::Error> {
    onramps.apply(id).await?;
    let mut waiter = onramps.wait_until_active(id);
    if let Some(every) = every {
        waiter = waiter.interval(every);
    }
    while let Some(seen) = waiter.next().await {
        if let Some(status) = seen?.status {
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

/// How often to look, where the default is not wanted.
fn look_every() -> Result<Option<Duration>, Box<dyn Error>> {
    let Ok(seconds) = std::env::var("LOOK_EVERY") else {
        return Ok(None);
    };
    Ok(Some(Duration::try_from_secs_f64(seconds.parse()?)?))
}

/// What to make of an error, beyond its one line.
fn explain(error: &cloudflare_magic::Error) {
    if error.may_have_been_processed() {
        eprintln!("It may have been done nevertheless: look before you try again.");
    }
    match error.kind() {
        ErrorKind::WaitTimeout => eprintln!("The service goes on: wait again later."),
        ErrorKind::WaitFailed => eprintln!("Mend what it names, then plan again."),
        _ => {}
    }
}
