//! Amazon pictures in HTML.
