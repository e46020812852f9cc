"""Drives the fake with Cloudflare's own SDK for Python: all 42 operations, with typed responses.

In: the base URL of a running `fake-service`. Out: a line for each operation, and status 1 if one of them fails or is left out. The SDK
validates each response against its own models, which are generated from the same API by others.

    cargo run -p cloudflare-magic --features fake-service --bin fake-service -- --rate-limit 0
    python3 -m venv target/python && target/python/bin/pip install cloudflare==5.9.0
    target/python/bin/python tests/foreign/python_sdk.py http://127.0.0.1:8787/client/v4
"""

import io
import sys
import traceback
import zipfile

import cloudflare
from cloudflare._response import BinaryAPIResponse

ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353"
OPERATIONS = 42


class Drive:
    """Calls operations one by one, and keeps count."""

    def __init__(self, base_url):
        self.client = cloudflare.Cloudflare(
            api_token="any", base_url=base_url, max_retries=0, _strict_response_validation=True
        )
        self.done, self.failed = [], []

    def call(self, label, function, /, *arguments, check=None, **named):
        """Calls one operation; `check` says whether the value is as expected."""
        try:
            value = function(*arguments, account_id=ACCOUNT, **named)
            if check is not None and not check(value):
                raise AssertionError(f"unexpected: {value!r}")
        except Exception:  # Each operation is tried, whatever happened to others.
            self.failed.append(label)
            print(f"FAILED {label}")
            traceback.print_exc()
            return None
        self.done.append(label)
        print(f"ok     {label}")
        return value

    def advance(self, seconds):
        """Lets time pass at the fake."""
        self.client.post(f"/fake/advance?seconds={seconds}", cast_to=object)

    def object(self, uri):
        """Reads an object of a bucket at the fake."""
        response = self.client.get(
            "/fake/objects", cast_to=BinaryAPIResponse, options={"params": {"uri": uri}}
        )
        return response.read()


def items(value):
    return list(value or [])


def captures(drive):
    pcaps = drive.client.magic_transit.pcaps
    simple = drive.call(
        "pcaps.create",
        pcaps.create,
        type="simple",
        system="magic-transit",
        packet_limit=100,
        time_limit=60,
        filter_v1={"protocol": 6, "destination_port": 443},
        check=lambda capture: capture.status == "pending",
    )
    drive.advance(60)
    drive.call("pcaps.get", pcaps.get, simple.id, check=lambda capture: capture.status == "success")
    drive.call("pcaps.list", pcaps.list, check=lambda page: any(one.id == simple.id for one in page))
    drive.call(
        "pcaps.download",
        pcaps.download.get,
        simple.id,
        check=lambda file: file.read()[:4] == b"\xd4\xc3\xb2\xa1",
    )

    bucket = "gs://captures/magic"
    ownership = pcaps.ownership
    challenge = drive.call(
        "pcaps.ownership.create",
        ownership.create,
        destination_conf=bucket,
        check=lambda challenge: challenge.status == "pending",
    )
    contents = drive.object(f"{bucket}/{challenge.filename}").decode()
    drive.call(
        "pcaps.ownership.validate", ownership.validate, destination_conf=bucket, ownership_challenge=contents
    )
    drive.advance(600)
    drive.call(
        "pcaps.ownership.list",
        ownership.get,
        check=lambda page: any(one.id == challenge.id and one.status == "success" for one in page),
    )
    full = pcaps.create(
        account_id=ACCOUNT,
        type="full",
        system="magic-transit",
        colo_name="ord02",
        destination_conf=bucket,
        time_limit=300,
    )
    drive.advance(30)
    drive.call("pcaps.stop", pcaps.stop, full.id)
    drive.call("pcaps.ownership.delete", ownership.delete, challenge.id)


def integrations(drive):
    cloud = drive.client.magic_cloud_networking.cloud_integrations
    created = drive.call(
        "providers.create",
        cloud.create,
        cloud_type="AWS",
        friendly_name="production",
        check=lambda one: one.lifecycle_state == "PENDING_SETUP",
    )
    drive.call("providers.initial_setup", cloud.initial_setup, created.id)
    drive.call(
        "providers.patch", cloud.edit, created.id, aws_arn="arn:aws:iam::123456789012:role/cloudflare"
    )
    drive.advance(1800)
    drive.call(
        "providers.get",
        cloud.get,
        created.id,
        status=True,
        check=lambda one: one.lifecycle_state == "ACTIVE" and one.status.regions,
    )
    drive.call("providers.discover", cloud.discover, created.id)
    drive.advance(1800)
    drive.call("providers.discover_all", cloud.discover_all)
    drive.advance(1800)
    drive.call(
        "providers.update",
        cloud.update,
        created.id,
        friendly_name="renamed",
        aws_arn="arn:aws:iam::123456789012:role/cloudflare",
        check=lambda one: one.friendly_name == "renamed",
    )
    drive.advance(1800)
    drive.call("providers.list", cloud.list, check=lambda page: len(items(page)) == 1)
    return created


def catalog(drive):
    resources = drive.client.magic_cloud_networking.resources
    page = drive.call(
        "resources.list",
        resources.list,
        resource_type=["aws_vpc"],
        per_page=1,
        check=lambda page: len(page.result) == 1,
    )
    # The pages go on by themselves.
    assert len(items(page)) >= 1
    vpc = page.result[0]
    drive.call("resources.get", resources.get, vpc.id, check=lambda one: one.name == vpc.name)
    drive.call(
        "resources.export",
        resources.export,
        check=lambda file: zipfile.ZipFile(io.BytesIO(file.read())).namelist(),
    )
    return items(page)


def syncs(drive):
    syncs = drive.client.magic_cloud_networking.catalog_syncs
    policies = drive.call(
        "catalog_syncs.prebuilt_policies", syncs.prebuilt_policies.list, check=lambda page: items(page)
    )
    policy = items(policies)[0].policy_string
    drive.call(
        "resources.policy_preview",
        drive.client.magic_cloud_networking.resources.policy_preview,
        policy=policy,
    )
    created = drive.call(
        "catalog_syncs.create",
        syncs.create,
        name="vpcs",
        destination_type="ZERO_TRUST_LIST",
        update_mode="MANUAL",
        policy=policy,
    )
    drive.call("catalog_syncs.refresh", syncs.refresh, created.id)
    drive.advance(600)
    drive.call("catalog_syncs.get", syncs.get, created.id, check=lambda one: one.name == "vpcs")
    drive.call("catalog_syncs.list", syncs.list, check=lambda page: len(items(page)) == 1)
    drive.call("catalog_syncs.patch", syncs.edit, created.id, description="all", check=lambda one: one.description == "all")
    drive.call("catalog_syncs.update", syncs.update, created.id, name="networks", check=lambda one: one.name == "networks")
    drive.call("catalog_syncs.delete", syncs.delete, created.id, delete_destination=True)


def onramps(drive, vpcs):
    ramps = drive.client.magic_cloud_networking.on_ramps
    spaces = ramps.address_spaces
    drive.call("address_space.get", spaces.list, check=lambda space: space.prefixes)
    drive.call("address_space.patch", spaces.edit, prefixes=["10.0.0.0/8", "172.16.0.0/12"])
    drive.call("address_space.update", spaces.update, prefixes=["10.0.0.0/8"], check=lambda space: space.prefixes == ["10.0.0.0/8"])
    created = None
    for vpc in vpcs:
        try:
            created = ramps.create(
                account_id=ACCOUNT,
                cloud_type="AWS",
                type="OnrampTypeSingle",
                name="frankfurt",
                vpc=vpc.id,
                dynamic_routing=False,
                install_routes_in_cloud=True,
                install_routes_in_magic_wan=True,
            )
            drive.done.append("onramps.create")
            print("ok     onramps.create")
            break
        except cloudflare.APIStatusError as error:
            print(f"       {vpc.name}: {error.message}")
    drive.call("onramps.plan", ramps.plan, created.id)
    drive.advance(600)
    drive.call(
        "onramps.get",
        ramps.get,
        created.id,
        status=True,
        planned_resources=True,
        vpcs=True,
        check=lambda one: one.planned_resources and one.status.lifecycle_state != "OnrampPlanFailed",
    )
    drive.call("onramps.apply", ramps.apply, created.id)
    drive.advance(7200)
    drive.call(
        "onramps.list",
        ramps.list,
        status=True,
        check=lambda page: [one.status.lifecycle_state for one in page] == ["OnrampActive"],
    )
    drive.call("onramps.patch", ramps.edit, created.id, description="to the office")
    drive.call("onramps.update", ramps.update, created.id, name="berlin", check=lambda one: one.name == "berlin")
    drive.call(
        "onramps.export",
        ramps.export,
        created.id,
        check=lambda file: "main.tf" in zipfile.ZipFile(io.BytesIO(file.read())).namelist(),
    )
    drive.call("onramps.delete", ramps.delete, created.id, destroy=True)
    drive.advance(7200)


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    drive = Drive(sys.argv[1])
    captures(drive)
    created = integrations(drive)
    vpcs = catalog(drive)
    syncs(drive)
    onramps(drive, vpcs)
    drive.call("providers.delete", drive.client.magic_cloud_networking.cloud_integrations.delete, created.id)
    done = len(set(drive.done))
    print(f"{done} of {OPERATIONS} operations")
    return 0 if done == OPERATIONS and not drive.failed else 1


if __name__ == "__main__":
    sys.exit(main())
