//! On-ramps through a client, on the manual clock.

mod address_space;
mod clouds;
mod lifecycle;
mod settings;
mod site;
