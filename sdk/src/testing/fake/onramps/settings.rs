//! The settings of an on-ramp that can be changed, and what is wrong with them.

use serde::{Deserialize, Serialize};

use super::onramp::Kind;
use crate::testing::fake::call::Call;
use crate::testing::fake::failure::{Problem, code};
use crate::testing::fake::providers::Cloud;
use crate::testing::fake::resources;

/// The resource type of hubs.
pub(crate) const HUB: &str = "aws_ec2_transit_gateway";

/// The settings of an on-ramp.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) vpc: Option<String>,
    pub(crate) attached_vpcs: Vec<String>,
    pub(crate) attached_hubs: Vec<String>,
    pub(crate) install_routes_in_cloud: bool,
    pub(crate) install_routes_in_magic_wan: bool,
    pub(crate) manage_vpc_to_hub_attachments: bool,
    pub(crate) manage_hub_to_hub_attachments: bool,
}

/// What settings have to fit.
pub(crate) struct Frame<'a> {
    pub(crate) kind: Kind,
    pub(crate) cloud: Cloud,
    pub(crate) dynamic_routing: bool,
    /// The region of the hub, and the hub itself if it exists.
    pub(crate) hub: Option<(&'a str, Option<&'a str>)>,
    pub(crate) catalog: &'a resources::State,
}

impl Settings {
    /// Takes over what the body has.
    pub(crate) fn take(&mut self, call: &Call<'_>) {
        for (text, key) in [
            (&mut self.name, "name"),
            (&mut self.description, "description"),
        ] {
            if let Some(new) = call.text(key) {
                *text = new.to_owned();
            }
        }
        if let Some(vpc) = call.text("vpc").filter(|vpc| !vpc.is_empty()) {
            self.vpc = Some(vpc.to_owned());
        }
        for (list, key) in [
            (&mut self.attached_vpcs, "attached_vpcs"),
            (&mut self.attached_hubs, "attached_hubs"),
        ] {
            if let Some(new) = call.texts(key) {
                *list = new;
            }
        }
        for (truth, key) in [
            (&mut self.install_routes_in_cloud, "install_routes_in_cloud"),
            (
                &mut self.install_routes_in_magic_wan,
                "install_routes_in_magic_wan",
            ),
            (
                &mut self.manage_vpc_to_hub_attachments,
                "manage_vpc_to_hub_attachments",
            ),
            (
                &mut self.manage_hub_to_hub_attachments,
                "manage_hub_to_hub_attachments",
            ),
        ] {
            if let Some(new) = call.truth(key) {
                *truth = new;
            }
        }
    }

    /// Clears what PUT clears if it is left out: the description and both lists.
    pub(crate) fn clear(&mut self) {
        self.description.clear();
        self.attached_vpcs.clear();
        self.attached_hubs.clear();
    }

    /// All that is wrong.
    pub(crate) fn problems(&self, frame: &Frame<'_>) -> Vec<Problem> {
        let mut problems = Vec::new();
        if frame.dynamic_routing {
            for (routes, pointer) in [
                (self.install_routes_in_cloud, "/install_routes_in_cloud"),
                (
                    self.install_routes_in_magic_wan,
                    "/install_routes_in_magic_wan",
                ),
            ] {
                if routes {
                    problems.push(problem(
                        pointer,
                        "this has to be false with dynamic routing",
                    ));
                }
            }
        }
        match frame.kind {
            Kind::Single => self.problems_of_single(frame, &mut problems),
            Kind::Hub => self.problems_of_hub(frame, &mut problems),
        }
        problems
    }

    fn problems_of_single(&self, frame: &Frame<'_>, problems: &mut Vec<Problem>) {
        let network = frame.cloud.network_type().unwrap_or_default();
        match &self.vpc {
            Some(vpc) => problems.extend(frame.misfit(vpc, network, "/vpc")),
            None => problems.push(problem("/vpc", "an on-ramp of one VPC needs it")),
        }
        for (is_set, pointer) in [
            (!self.attached_vpcs.is_empty(), "/attached_vpcs"),
            (!self.attached_hubs.is_empty(), "/attached_hubs"),
            (
                self.manage_vpc_to_hub_attachments,
                "/manage_vpc_to_hub_attachments",
            ),
            (
                self.manage_hub_to_hub_attachments,
                "/manage_hub_to_hub_attachments",
            ),
        ] {
            if is_set {
                problems.push(problem(pointer, "only an on-ramp of a hub has it"));
            }
        }
    }

    fn problems_of_hub(&self, frame: &Frame<'_>, problems: &mut Vec<Problem>) {
        if self.vpc.is_some() {
            problems.push(problem("/vpc", "only an on-ramp of one VPC has it"));
        }
        let network = frame.cloud.network_type().unwrap_or_default();
        for (list, managed, kind, pointer) in [
            (
                &self.attached_vpcs,
                self.manage_vpc_to_hub_attachments,
                network,
                "/attached_vpcs",
            ),
            (
                &self.attached_hubs,
                self.manage_hub_to_hub_attachments,
                HUB,
                "/attached_hubs",
            ),
        ] {
            if !list.is_empty() && !managed {
                problems.push(problem(pointer, "attachments of this kind are not managed"));
            }
            for (at, id) in list.iter().enumerate() {
                let pointer = format!("{pointer}/{at}");
                if list.iter().take(at).any(|other| other == id) {
                    problems.push(problem(&pointer, "it is in the list twice"));
                }
                problems.extend(frame.misfit(id, kind, &pointer));
            }
        }
    }
}

impl Frame<'_> {
    /// What is wrong with a resource that has to be of this type.
    fn misfit(&self, id: &str, kind: &str, pointer: &str) -> Option<Problem> {
        let Some(resource) = self.catalog.find(id) else {
            return Some(problem(pointer, format!("there is no resource `{id}`")));
        };
        if resource.kind != kind {
            let message = format!(
                "the resource `{id}` is of type `{}`, not `{kind}`",
                resource.kind
            );
            return Some(problem(pointer, message));
        }
        let (region, hub) = self.hub?;
        if hub == Some(id) {
            return Some(problem(pointer, "a hub is not attached to itself"));
        }
        // Hubs of other regions can be attached, VPCs cannot.
        (kind != HUB && resource.region != region).then(|| {
            let there = &resource.region;
            problem(
                pointer,
                format!("the VPC is in {there}, but the hub is in {region}"),
            )
        })
    }
}

/// Something that cannot be done because of this place of the body.
pub(crate) fn problem(pointer: &str, message: impl Into<String>) -> Problem {
    Problem::new(code::UNPROCESSABLE, message).at(pointer)
}

/// The hub that settings have to fit: of an on-ramp of one VPC there is none.
pub(crate) fn hub<'a>(
    kind: Kind,
    region: Option<&'a str>,
    id: Option<&'a str>,
) -> Option<(&'a str, Option<&'a str>)> {
    (kind == Kind::Hub).then(|| Some((region?, id)))?
}
