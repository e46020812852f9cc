//! The peak memory of a download, or of decoding a list: it runs in a separate process, which prints the `VmHWM` that Linux reports
//! for it.

use std::env;
use std::path::Path;
use std::process::Command;

use cloudflare_magic::api::Account;
use tests::by_hand::ByHand;
use tokio::runtime::Runtime;

use crate::{Outcome, calls, decode};

/// The argument that makes this program run as that process.
pub(crate) const ARGUMENT: &str = "peak-of";

/// The argument in place of an address if a list is decoded.
pub(crate) const DECODING: &str = "decoding";

/// The side that is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Side {
    Sdk,
    ByHand,
}

/// The peak of a process in which this side downloads the file, or decodes it, as Linux prints it; `None` on other systems.
pub(crate) fn of(side: Side, url: &str, path: &Path) -> Outcome<Option<String>> {
    let mut child = Command::new(env::current_exe()?);
    child.args([ARGUMENT, &format!("{side:?}"), url]).arg(path);
    let output = child.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let peak = String::from_utf8(output.stdout)?.trim().to_owned();
    Ok(Some(peak).filter(|peak| !peak.is_empty()))
}

/// The body of that process.
pub(crate) fn child(arguments: &[String]) -> Outcome {
    let [side, url, path] = arguments else {
        return Err("expected a side, an address and a path".into());
    };
    let path = Path::new(path);
    let is_sdk = *side == format!("{:?}", Side::Sdk);
    if url == DECODING {
        let sides = decode::Sides::of(std::fs::read(path)?.into())?;
        if is_sdk {
            sides.sdk()?
        } else {
            sides.by_hand()?
        };
        return print_peak();
    }
    let runtime = Runtime::new()?;
    if is_sdk {
        runtime.block_on(sdk(&calls::account(url)?, path))?;
    } else {
        runtime.block_on(ByHand::new(url)?.download("c1", path))?;
    }
    std::fs::remove_file(path)?;
    print_peak()
}

fn print_peak() -> Outcome {
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        println!("{}", peak.unwrap_or_default().trim());
    }
    Ok(())
}

async fn sdk(account: &Account, path: &Path) -> Outcome {
    let download = account.pcaps().download("c1").await?;
    download.to_file(path).await?;
    Ok(())
}
