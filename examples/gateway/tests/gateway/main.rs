//! The example `gateway` between a client and an upstream, each of the newest protocol version or an older one: what becomes
//! of an error on its way through, and that the upstream's internals stay behind.

mod link;
mod process;
mod resources;
mod tools;
mod upstream;
