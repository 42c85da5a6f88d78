//! A string that cannot be printed by accident and is wiped when it is dropped.

use std::fmt;

use zeroize::Zeroizing;

/// A credential secret or an access token.
///
/// `Debug` shows a placeholder, there is no `Display`, and the memory is overwritten on drop. The text is
/// reached by [`Secret::expose`] alone, so every place that reads it can be found by that name.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself, for the request that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a secret is known by where it must not be kept.
#[must_use]
pub fn sha256(text: &str) -> [u8; 32] {
    ring::digest::digest(&ring::digest::SHA256, text.as_bytes()).as_ref().try_into().unwrap_or_default()
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_output_does_not_contain_the_text() {
        let secret = Secret::new("amzn1.oa2-cs.v1.canary".to_owned());
        assert!(!format!("{secret:?}").contains("canary"));
    }
}
