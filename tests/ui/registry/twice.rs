//! One crate has a registry once.

include!("registry.rs");

mod again {
    include!("registry.rs");
}

fn main() {}
