//! Files: their content, their length, and how often they can be read.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::{FileUpload, collect};

struct Parts(VecDeque<io::Result<Bytes>>);

impl Stream for Parts {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn parts(texts: &[&'static str]) -> Parts {
    Parts(texts.iter().map(|text| Ok(Bytes::from(*text))).collect())
}

async fn read(file: &FileUpload) -> Result<String, String> {
    let body = file.open().await.map_err(|error| error.to_string())?;
    let content = body.collect().await.map_err(|error| error.to_string())?;
    Ok(String::from_utf8(content.to_vec()).unwrap())
}

#[tokio::test]
async fn what_can_be_opened_again_has_the_same_content() {
    let place = std::env::temp_dir().join(super::unique());
    std::fs::write(&place, "a".repeat(200_000)).unwrap();
    let file = FileUpload::path(&place);
    for _ in 0..2 {
        assert_eq!(file.open().await.unwrap().length(), Some(200_000));
        assert_eq!(read(&file).await.unwrap().len(), 200_000);
    }
    std::fs::remove_file(&place).unwrap();
    assert!(read(&file).await.is_err());
    let folder = FileUpload::path(std::env::temp_dir());
    assert!(read(&folder).await.is_err());
    let again = FileUpload::open_with(|| parts(&["a", "", "b"]));
    for file in [again, FileUpload::bytes("ab")] {
        for _ in 0..2 {
            assert_eq!(read(&file).await.unwrap(), "ab");
            assert!(!file.is_spent());
        }
    }
}

#[tokio::test]
async fn a_stream_is_spent_by_its_first_chunk() {
    for file in [
        FileUpload::stream(parts(&["a", "b"])),
        FileUpload::reader(&b"ab"[..]),
    ] {
        let clone = file.clone();
        drop(file.open().await.unwrap());
        assert!(!file.is_spent());
        assert_eq!(read(&file).await.unwrap(), "ab");
        assert!(file.is_spent() && clone.is_spent());
        assert!(read(&clone).await.unwrap_err().contains("read before"));
    }
}

#[tokio::test]
async fn content_of_another_length_is_an_error() {
    for (length, wanted) in [(3, "after 2 of 3"), (1, "longer than its 1"), (0, "longer")] {
        let file = FileUpload::stream(parts(&["a", "b"])).length(length);
        let fault = read(&file).await.unwrap_err();
        assert!(fault.contains(wanted), "{fault}");
    }
    let file = FileUpload::stream(parts(&["a", "b"])).length(2);
    assert_eq!(read(&file).await.unwrap(), "ab");
}

#[test]
fn files_are_collected_and_nothing_of_them_is_printed() {
    let files = vec![FileUpload::bytes("hush"), FileUpload::path("/tmp/x")];
    let collected = collect(&files).unwrap();
    let marks: Vec<String> = serde_json::from_str(&collected.text).unwrap();
    assert_eq!(collected.file(&marks[1]), Some(&files[1]));
    assert!(collected.has_file(&collected.text) && !collected.text.contains("hush"));
    assert!(collected.file("a text").is_none());
    assert!(!format!("{files:?}").contains("hush"));
    let alone = serde_json::to_string(&files).unwrap_err().to_string();
    assert!(alone.contains("a body of parts"), "{alone}");
}
