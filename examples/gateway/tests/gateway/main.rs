//! The example `gateway` between a client and an upstream, each with the newest protocol version or an older one.
//! Checks how an error changes on its way through, and that the upstream's internal details do not reach the client.

mod link;
mod process;
mod resources;
mod tools;
mod upstream;
