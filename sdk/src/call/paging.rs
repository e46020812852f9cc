//! Lists over all their pages, as streams.

mod items;
mod pages;
mod paginator;

pub use self::items::Items;
pub use self::pages::Pages;
