//! Paging: a list as a stream of its pages or items.

mod items;
mod pages;
mod paginator;
mod repetition;

pub use self::items::Items;
pub use self::pages::Pages;
