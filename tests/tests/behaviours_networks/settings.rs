//! Behaviour 73: settings.
