//! Behaviour 73: layers.
