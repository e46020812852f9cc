//! Connects a cloud account: `cargo run --example onboard -- AWS production`.
//!
//! In: the cloud (`AWS`, `AZURE`, `GOOGLE`) and a name for the integration; then, on the standard input, the ids that the cloud
//! assigned. Out: what to set up in the cloud; at the end, the discovery of its resources has begun.
//!
//! Roles and tags need a while until the whole cloud knows them: under 4 minutes as a rule, at times longer. If the credentials are
//! rejected at first, repeat the last step. The first discovery may miss regions: discover again.

use std::error::Error;
use std::io;

use cloudflare_magic::{Client, CloudType, CreateProvider, ProviderSetup, UpdateProvider};

#[tokio::main]
async fn main() {
    if let Err(error) = onboard().await {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

async fn onboard() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(cloud), Some(name)) = (arguments.next(), arguments.next()) else {
        return Err("usage: onboard AWS|AZURE|GOOGLE <name>".into());
    };
    let providers = Client::from_env()?
        .account_from_env()?
        .magic_cloud()
        .providers();

    let provider = providers.create(CreateProvider::new(cloud, name)).await?;
    match providers.initial_setup(&provider.id).await? {
        // The role also needs the managed policies NetworkAdministrator, AmazonEC2ReadOnlyAccess, AmazonVPCReadOnlyAccess and
        // IAMReadOnlyAccess, and the custom policy of 14 `ec2:` actions in Cloudflare's guide.
        ProviderSetup::Aws(setup) => {
            println!(
                "Create a role with this trust policy:\n{}",
                setup.aws_trust_policy
            );
        }
        // An administrator consents with a work or school account of the tenant. Then the application
        // `mcn-provider-integrations-bot-prod` needs the role Contributor; the tag proves that the subscription is yours.
        ProviderSetup::Azure(setup) => {
            println!("Consent at {}", setup.azure_consent_url);
            println!("Then run: {}", setup.tag_cli_command);
        }
        // Your service account needs the roles Compute Network Admin and Compute Viewer, and on it
        // `mcn-integrations-bot-prod@mcn-gcp-01.iam.gserviceaccount.com` the role Service Account Token Creator. The command sets
        // a label on the project.
        ProviderSetup::Gcp(setup) => println!("Run: {}", setup.tag_cli_command),
        other => println!("A setup that this program does not know: {other:?}"),
    }

    let update = UpdateProvider::new();
    let update = match provider.cloud_type {
        CloudType::Aws => update.aws_arn(ask("ARN of the role")?),
        CloudType::Azure => update
            .azure_tenant_id(ask("Id of the tenant")?)
            .azure_subscription_id(ask("Id of the subscription")?),
        CloudType::Google => update
            .gcp_project_id(ask("Id of the project")?)
            .gcp_service_account_email(ask("Email address of the service account")?),
        other => return Err(format!("this program does not know the ids of {other}").into()),
    };
    let provider = providers.patch(&provider.id, update).await?;
    providers.discover(&provider.id).await?;
    println!("The discovery of {} has begun.", provider.friendly_name);
    Ok(())
}

/// Prints a question and reads the next line of the input.
fn ask(question: &str) -> io::Result<String> {
    println!("{question}:");
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
