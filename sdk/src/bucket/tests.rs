//! Tests of destinations: their URIs, the rejected parts, and that keys are never printed.

use super::BucketDestination;
use crate::error::{Error, ErrorKind};
use crate::types::secret::SecretText;
use crate::{CreateOwnership, FullPcapRequest, ValidateOwnership};

const HUSH: &str = "HUSH/+=&%3D";

fn r2() -> BucketDestination {
    BucketDestination::r2("captures", "a1", HUSH, HUSH).unwrap()
}

fn uri(destination: &BucketDestination) -> String {
    SecretText::from(destination).expose().to_owned()
}

#[test]
fn each_store_has_its_uri() {
    let s3 = BucketDestination::s3("captures", "eu-central-1").unwrap();
    assert_eq!(uri(&s3), "s3://captures?region=eu-central-1");
    let s3 = s3.directory("old").unwrap().directory("magic/fra").unwrap();
    assert_eq!(uri(&s3), "s3://captures/magic/fra?region=eu-central-1");
    let gcs = BucketDestination::gcs("bucket-test").unwrap();
    assert_eq!(uri(&gcs), "gs://bucket-test");
    assert_eq!(uri(&gcs.directory("d").unwrap()), "gs://bucket-test/d");
    let key = "HUSH%2F%2B%3D%26%253D";
    assert_eq!(
        uri(&r2().directory("d").unwrap()),
        format!("r2://captures/d?account-id=a1&access-key-id={key}&secret-access-key={key}")
    );
}

#[test]
fn directories_are_encoded_where_they_must_be() {
    let gcs = BucketDestination::gcs("bucket-test").unwrap();
    let encoded = gcs.directory("dt=2026 é?#%/a+b:c@d").unwrap();
    assert_eq!(
        uri(&encoded),
        "gs://bucket-test/dt=2026%20%C3%A9%3F%23%25/a+b:c@d"
    );
}

#[test]
fn without_keys_the_uri_holds_no_secret() {
    let destination = r2().directory("d").unwrap().without_keys();
    assert_eq!(uri(&destination), "r2://captures/d?account-id=a1");
    let s3 = BucketDestination::s3("captures", "eu-central-1").unwrap();
    assert_eq!(s3.clone().without_keys(), s3);
}

#[test]
fn bodies_take_destinations_and_print_no_keys() {
    let printed = [
        format!("{:?} {:#?}", r2(), Some(r2())),
        format!("{:?}", FullPcapRequest::new("fra01", r2(), 300)),
        format!("{:?}", CreateOwnership::new(r2())),
        format!("{:?}", ValidateOwnership::new(r2(), "contents")),
        format!("{:?}", SecretText::from(r2())),
    ];
    for text in &printed {
        assert!(!text.contains("HUSH"), "{text}");
    }
    assert!(
        printed[0].starts_with(
            "BucketDestination(r2://captures?account-id=a1&access-key-id=***&secret-access-key=***)"
        ),
        "{}",
        printed[0]
    );
    let body = FullPcapRequest::new("fra01", r2(), 300);
    assert_eq!(body.destination_conf.expose(), uri(&r2()));
}

/// The text of the error, which must be of kind `InvalidInput` and name the part, but not contain its value.
fn refused(result: Result<BucketDestination, Error>, part: &str, given: &str) -> String {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let text = error.to_string();
    assert!(text.starts_with(&format!("the {part} of")), "{text}");
    let is_distinctive = given.len() > 2 && given != "../up";
    assert!(
        !is_distinctive || !format!("{error:?}").contains(given),
        "{text}"
    );
    text
}

#[test]
fn buckets_are_names() {
    let long = "a".repeat(64);
    let names = [
        "",
        "ab",
        "a/b",
        "s3://captures",
        "-ab",
        "ab-",
        "a b",
        "ab?",
        "a%b",
        "a..b",
        "bücket",
        "a\nb",
    ];
    for name in names {
        refused(BucketDestination::s3(name, "eu-central-1"), "bucket", name);
        refused(BucketDestination::gcs(name), "bucket", name);
        let r2 = BucketDestination::r2(name, "a1", "k", "s");
        refused(r2, "bucket", name);
    }
    for name in ["captures.eu", "my_captures", &long] {
        assert!(BucketDestination::gcs(name).is_ok(), "{name}");
        let r2 = BucketDestination::r2(name, "a1", "k", "s");
        refused(r2, "bucket", name);
    }
    assert!(BucketDestination::s3("My_Old.Bucket", "us-east-1").is_ok());
    refused(BucketDestination::gcs("Captures"), "bucket", "Captures");
}

#[test]
fn a_pasted_uri_is_recognized() {
    let pasted = "r2://captures?secret-access-key=HUSH";
    let text = refused(BucketDestination::gcs(pasted), "bucket", pasted);
    assert!(text.contains("pass only the name"), "{text}");
    let text = refused(BucketDestination::gcs("captures/d"), "bucket", "captures/d");
    assert!(text.contains("`directory`"), "{text}");
}

#[test]
fn directories_are_paths() {
    let long = "a".repeat(1025);
    for directory in [
        "", "/", "/a", "a/", "a//b", "../up", "a/./b", "a\r\nb", &long,
    ] {
        let gcs = BucketDestination::gcs("captures").unwrap();
        refused(gcs.directory(directory), "directory", directory);
    }
}

#[test]
fn regions_ids_and_keys_are_words() {
    for region in ["", "eu central 1", "EU-CENTRAL-1", "eu-central-1&x=y"] {
        let s3 = BucketDestination::s3("captures", region);
        refused(s3, "region", region);
    }
    for word in ["", "HU SH", "HUSH\n"] {
        let r2 =
            |id: &str, key: &str, secret: &str| BucketDestination::r2("captures", id, key, secret);
        refused(r2(word, "k", "s"), "account id", word);
        refused(r2("a1", word, "s"), "access key id", word);
        refused(r2("a1", "k", word), "secret access key", word);
    }
}
