//! What a response has beside its result, for documents that state more than the envelope.
//!
//! In: the body as received, and a key. Out: the value of that key as a type. The envelope itself is read elsewhere.

use serde::de::DeserializeOwned;

use super::Response;
use super::envelope::undecodable;
use crate::decode::{self, Fault, Json, by_serde};
use crate::error::Error;

impl<T> Response<T> {
    /// Reads the value of a key at the top of the JSON body, beside `result`: `total`, `range`, or all of `result_info`. `None` if the body
    /// does not have it, or has `null`. The documentation of a method names the keys that no type has.
    ///
    /// ```no_run
    /// use cloudflare_magic::{Client, Method};
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Range {
    ///     start: u64,
    ///     end: u64,
    /// }
    ///
    /// # async fn run(client: Client) -> Result<(), cloudflare_magic::Error> {
    /// let list = client.request(Method::GET, "/things").list::<String>();
    /// let response = list.send().await?;
    /// if let Some(Range { start, end }) = response.extra("range")? {
    ///     println!("{start} to {end}: {:?}", response.value());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// An error of kind [`Decode`](crate::ErrorKind::Decode) that names the path if the value is not of that type, or if the body is not
    /// JSON. A download has no such keys.
    pub fn extra<U: DeserializeOwned>(&self, key: &str) -> Result<Option<U>, Error> {
        if self.body.is_empty() {
            return Ok(None);
        }
        let read = || -> Result<Option<U>, Fault> {
            let tree = decode::tree(&self.body, decode::DEEPEST)?;
            let value = tree
                .root()
                .get(key)
                .filter(|value: &Json<'_>| !value.is_null());
            let value = value.map(by_serde::<U>).transpose();
            value.map_err(|fault: Fault| fault.at_key(key))
        };
        read().map_err(|fault| undecodable(&fault).with_call(self.facts.clone()))
    }
}
