//! A secret is not printed by accident.

use cloudflare_magic::SecretText;

fn main() {
    println!("{}", SecretText::from("s3://bucket"));
}
