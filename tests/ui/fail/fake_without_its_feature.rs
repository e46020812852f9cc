//! The fake and the mock are compiled only into programs that ask for the feature `test-util`.

use cloudflare_magic::testing::FakeService;

fn main() {
    let _fake = FakeService::new();
}
