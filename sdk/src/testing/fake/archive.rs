//! A writer of ZIP archives.
//!
//! In: names and contents of files, and the moment of their last change. Out: an archive that `unzip` opens. Nothing is compressed, and
//! names are UTF-8. An archive stays far below 4 GiB and 65,535 files; it has no form for more.

use super::moment::Moment;

const LOCAL_HEADER: u32 = 0x0403_4b50;
const CENTRAL_HEADER: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// What a reader has to know: 1.0, no compression, no folders.
const VERSION: u16 = 10;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;

/// An archive of these files: name and content.
pub(crate) fn zip(files: &[(&str, &[u8])], changed: Moment) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let offset = archive.len();
        let entry = entry(name, content, changed);
        put(&mut archive, LOCAL_HEADER);
        archive.extend_from_slice(&entry);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(content);
        put(&mut directory, CENTRAL_HEADER);
        directory.extend_from_slice(&VERSION.to_le_bytes());
        directory.extend_from_slice(&entry);
        // No comment, the first disk, no attributes.
        directory.extend_from_slice(&[0; 10]);
        put(&mut directory, size(offset));
        directory.extend_from_slice(name.as_bytes());
    }
    let (start, count) = (archive.len(), half(files.len()));
    archive.extend_from_slice(&directory);
    put(&mut archive, END);
    archive.extend_from_slice(&[0; 4]);
    archive.extend_from_slice(&count.to_le_bytes());
    archive.extend_from_slice(&count.to_le_bytes());
    put(&mut archive, size(directory.len()));
    put(&mut archive, size(start));
    archive.extend_from_slice(&[0; 2]);
    archive
}

/// The part that both headers of a file have in common.
fn entry(name: &str, content: &[u8], changed: Moment) -> Vec<u8> {
    let mut entry = Vec::new();
    let (date, time) = dos_time(changed);
    for number in [VERSION, FLAGS, 0, time, date] {
        entry.extend_from_slice(&number.to_le_bytes());
    }
    put(&mut entry, crc32(content));
    put(&mut entry, size(content.len()));
    put(&mut entry, size(content.len()));
    entry.extend_from_slice(&half(name.len()).to_le_bytes());
    entry.extend_from_slice(&[0; 2]);
    entry
}

fn put(to: &mut Vec<u8>, number: u32) {
    to.extend_from_slice(&number.to_le_bytes());
}

fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn half(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

/// Date and time as DOS wrote them: from 1980 to 2107, to two seconds.
fn dos_time(moment: Moment) -> (u16, u16) {
    let text = moment.text();
    let part = |at: std::ops::Range<usize>| {
        let digits = text.get(at).and_then(|digits| digits.parse::<u16>().ok());
        digits.unwrap_or_default()
    };
    let year = part(0..4).clamp(1980, 2107) - 1980;
    let date = year << 9 | part(5..7) << 5 | part(8..10);
    let time = part(11..13) << 11 | part(14..16) << 5 | (part(17..19) / 2);
    (date, time)
}

/// The CRC-32 of ZIP, gzip and Ethernet.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let low = crc & 1;
            crc >>= 1;
            if low == 1 {
                crc ^= 0xedb8_8320;
            }
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::{crc32, dos_time, zip};
    use crate::testing::fake::moment::Moment;

    #[test]
    fn the_checksum_is_that_of_zip() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn an_archive_has_its_files_and_their_directory() {
        let moment = Moment::parse("2026-11-28T19:30:08Z").unwrap();
        assert_eq!(
            dos_time(moment),
            (46 << 9 | 11 << 5 | 28, 19 << 11 | 30 << 5 | 4)
        );
        let archive = zip(&[("a.txt", b"hello"), ("ü.json", b"{}")], moment);
        assert!(archive.starts_with(b"PK\x03\x04"));
        let end = &archive[archive.len() - 22..];
        let number = |at: usize| u32::from_le_bytes(end[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((&end[..4], end[10], end[11]), (&b"PK\x05\x06"[..], 2, 0));
        let (length, start) = (number(12), number(16));
        assert_eq!(start + length + 22, archive.len());
        assert!(archive[start..].starts_with(b"PK\x01\x02"));
        // The second local header is where the directory says.
        let second = start + 46 + "a.txt".len();
        let offset = u32::from_le_bytes(archive[second + 42..second + 46].try_into().unwrap());
        let second = &archive[offset as usize..];
        assert!(second.starts_with(b"PK\x03\x04"));
        assert!(second[30..].starts_with("ü.json{}".as_bytes()));
    }
}
