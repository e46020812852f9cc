//! Exports an on-ramp as files for Terraform, in a ZIP archive.
//!
//! In: the parts of an on-ramp. Out: `main.tf` and `instructions.txt`. The files are ours: only their names are documented.

use serde_json::{Map, Value};

use super::blueprint::draw;
use super::onramp::Onramp;
use super::part::Part;
use crate::testing::fake::archive::zip;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::Failure;
use crate::testing::fake::providers::Cloud;
use crate::testing::fake::success::Success;
use crate::testing::fake::world::Env;

const INSTRUCTIONS: &str = "\
This archive comes from a fake of the service. It shows the form of an export, and is not for use.

1. Put the Global API key and the email address of its user into CLOUDFLARE_API_KEY and CLOUDFLARE_EMAIL: these files do not run with
   an API token.
2. Sign in to the cloud as its Terraform provider wants it.
3. Run `terraform init`, `terraform plan`, and, if the plan is right, `terraform apply`.

Never deploy an on-ramp both by Terraform and in Magic Cloud Networking.
";

pub(crate) fn export(env: &mut Env<'_>, call: &Call<'_>) -> Result<Success, Failure> {
    let mut onramp = env.account.onramps.get(call.id())?.clone();
    let drawn = draw(env, &onramp);
    onramp.part_ids = drawn.part_ids;
    let parts = drawn
        .parts
        .map_err(|trouble| Failure::conflict(trouble.message))?;
    let main = main(&onramp, &parts);
    let files = [
        ("main.tf", main.as_bytes()),
        ("instructions.txt", INSTRUCTIONS.as_bytes()),
    ];
    let archive = zip(&files, env.now);
    onramp.last_exported_at = Some(env.now);
    env.account.onramps.put(onramp);
    let name = Some("exported-file.zip".to_owned());
    Ok(Success::file(201, "application/zip", name, archive))
}

/// The file `main.tf`. Changes of existing resources are not in it.
fn main(onramp: &Onramp, parts: &[Part]) -> String {
    let (name, source, settings) = match onramp.cloud {
        Cloud::Azure => ("azurerm", "hashicorp/azurerm", "  features {}\n".to_owned()),
        Cloud::Google => ("google", "hashicorp/google", region(onramp)),
        Cloud::Aws | Cloud::Cloudflare => ("aws", "hashicorp/aws", region(onramp)),
    };
    let mut text = format!(
        "terraform {{\n  required_providers {{\n    cloudflare = {{\n      source  = \"cloudflare/cloudflare\"\n      \
         version = \"~> 4.0\"\n    }}\n    {name} = {{\n      source = \"{source}\"\n    }}\n  }}\n}}\n\n\
         provider \"cloudflare\" {{}}\n\nprovider \"{name}\" {{\n{settings}}}\n"
    );
    for part in parts.iter().filter(|part| part.found.is_none()) {
        let (kind, label) = (&part.resource.kind, label(part));
        text.push_str(&format!("\nresource \"{kind}\" \"{label}\" {{\n"));
        // All resources of Azure and Google Cloud have a name.
        let named = part.resource.cloud == onramp.cloud && onramp.cloud != Cloud::Aws;
        if named && !part.resource.config.contains_key("name") {
            let name = quoted(&part.resource.name);
            text.push_str(&format!("  name = {name}\n"));
        }
        body(&mut text, &part.resource.config, 1, parts);
        text.push_str("}\n");
    }
    text
}

fn region(onramp: &Onramp) -> String {
    format!("  region = {}\n", quoted(&onramp.region))
}

/// The name of a part within the file.
fn label(part: &Part) -> String {
    part.key.replace('-', "_")
}

/// Arguments, and blocks: objects and lists of objects.
fn body(text: &mut String, map: &Map<String, Value>, depth: usize, parts: &[Part]) {
    let indent = "  ".repeat(depth);
    for (key, value) in map {
        let blocks: Vec<&Map<String, Value>> = match value {
            Value::Object(block) => vec![block],
            Value::Array(items) => items.iter().filter_map(Value::as_object).collect(),
            _ => Vec::new(),
        };
        if blocks.is_empty() {
            let value = expression(value, parts);
            text.push_str(&format!("{indent}{key} = {value}\n"));
        }
        for block in blocks {
            text.push_str(&format!("{indent}{key} {{\n"));
            body(text, block, depth + 1, parts);
            text.push_str(&format!("{indent}}}\n"));
        }
    }
}

/// A value. The id of another part becomes a reference to it.
fn expression(value: &Value, parts: &[Part]) -> String {
    match value {
        Value::String(text) => match parts.iter().find(|part| part.resource.id == *text) {
            Some(part) => format!("{}.{}.id", part.resource.kind, label(part)),
            None => quoted(text),
        },
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| expression(item, parts)).collect();
            format!("[{}]", items.join(", "))
        }
        other => other.to_string(),
    }
}

/// A text without templates. Control characters are escaped as in JSON, which HCL shares for these.
fn quoted(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted.replace("${", "$${").replace("%{", "%%{")
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn texts_are_no_templates() {
        assert_eq!(quoted("a \"b\" ${c} %{d}"), r#""a \"b\" $${c} %%{d}""#);
    }
}
