//! The id of a cloud integration is not the id of a capture.

use cloudflare_magic::ProviderId;
use cloudflare_magic::api::Account;

async fn capture_of(account: &Account, id: ProviderId) {
    let _ = account.pcaps().get(id).await;
}

fn main() {}
