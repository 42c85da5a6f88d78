//! Who asks: a credential pair, the version it belongs to, the marketplace and the partner tag.

use std::fmt;

use crate::marketplace::{Marketplace, Region};
use crate::secret::Secret;

/// Which identity service issues the tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Version 2.x, Amazon Cognito: form body, the version is named in every catalog call.
    Cognito,
    /// Version 3.x, Login with Amazon: JSON body.
    LoginWithAmazon,
}

/// A credential version, `2.1` to `3.3`. It comes with the credential and decides where and how a token is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CredentialVersion {
    /// The digit before the dot.
    pub family: Family,
    /// The digit after it.
    pub region: Region,
}

impl CredentialVersion {
    /// All six, the newer family first.
    pub const ALL: [Self; 6] = [
        Self { family: Family::LoginWithAmazon, region: Region::Americas },
        Self { family: Family::LoginWithAmazon, region: Region::Europe },
        Self { family: Family::LoginWithAmazon, region: Region::FarEast },
        Self { family: Family::Cognito, region: Region::Americas },
        Self { family: Family::Cognito, region: Region::Europe },
        Self { family: Family::Cognito, region: Region::FarEast },
    ];

    /// Reads `2.1` … `3.3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.as_str() == text)
    }

    /// `2.1` … `3.3`
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match (self.family, self.region) {
            (Family::Cognito, Region::Americas) => "2.1",
            (Family::Cognito, Region::Europe) => "2.2",
            (Family::Cognito, Region::FarEast) => "2.3",
            (Family::LoginWithAmazon, Region::Americas) => "3.1",
            (Family::LoginWithAmazon, Region::Europe) => "3.2",
            (Family::LoginWithAmazon, Region::FarEast) => "3.3",
        }
    }

    /// Amazon's token endpoint for this version (Amazon's SDK 1.2.0, `auth/oauth2_config.py`).
    #[must_use]
    pub fn token_endpoint(self) -> &'static str {
        match (self.family, self.region) {
            (Family::Cognito, Region::Americas) => "https://creatorsapi.auth.us-east-1.amazoncognito.com/oauth2/token",
            (Family::Cognito, Region::Europe) => "https://creatorsapi.auth.eu-south-2.amazoncognito.com/oauth2/token",
            (Family::Cognito, Region::FarEast) => "https://creatorsapi.auth.us-west-2.amazoncognito.com/oauth2/token",
            (Family::LoginWithAmazon, Region::Americas) => "https://api.amazon.com/auth/o2/token",
            (Family::LoginWithAmazon, Region::Europe) => "https://api.amazon.co.uk/auth/o2/token",
            (Family::LoginWithAmazon, Region::FarEast) => "https://api.amazon.co.jp/auth/o2/token",
        }
    }
}

impl fmt::Display for CredentialVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A credential pair of the Creators API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// `amzn1.application-oa2-client.…` for 3.x, a short opaque word for 2.x.
    pub id: String,
    /// Shown by Amazon once, when it is made.
    pub secret: Secret,
    /// Given, or worked out by [`Credentials::likely_version`].
    pub version: CredentialVersion,
}

impl Credentials {
    /// The version that a pair of this look has in this region.
    ///
    /// Ids of Login with Amazon begin with `amzn1.application-oa2-client.`, its secrets with `amzn1.oa2-cs.`; those of
    /// Cognito are short and opaque.
    #[must_use]
    pub fn likely_version(id: &str, secret: &Secret, region: Region) -> CredentialVersion {
        let family = if Self::is_login_with_amazon(id, secret) { Family::LoginWithAmazon } else { Family::Cognito };
        CredentialVersion { family, region }
    }

    /// Whether a pair is one of Login with Amazon by its look. The opposite cannot be told: opaque words may be anything.
    #[must_use]
    pub fn is_login_with_amazon(id: &str, secret: &Secret) -> bool {
        id.starts_with("amzn1.") || secret.expose().starts_with("amzn1.")
    }

    /// Whether an id is an access key of the Product Advertising API, which Amazon retired on 2026-05-15.
    #[must_use]
    pub fn is_pa_api_key(id: &str) -> bool {
        id.len() == 20
            && (id.starts_with("AKIA") || id.starts_with("ASIA"))
            && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    }
}

/// A token that the caller keeps for several processes.
#[derive(Debug, Clone)]
pub struct GivenToken {
    /// The access token.
    pub access_token: Secret,
    /// Unix seconds; 0 where the caller does not know: used until Amazon refuses it.
    pub expires_at: i64,
}

/// Everything that a catalog call needs to know about who asks.
#[derive(Debug, Clone)]
pub struct Account {
    /// The credential pair.
    pub credentials: Credentials,
    /// Where the products are looked up.
    pub marketplace: &'static Marketplace,
    /// At most 64 characters, never blank; its suffix says nothing that could be checked.
    pub partner_tag: String,
    /// Used before a token is bought.
    pub given_token: Option<GivenToken>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_is_read_back_from_its_name() {
        for version in CredentialVersion::ALL {
            assert_eq!(CredentialVersion::parse(version.as_str()), Some(version));
        }
        assert_eq!(CredentialVersion::parse("2.4"), None);
        assert_eq!(CredentialVersion::parse(""), None);
    }

    #[test]
    fn the_version_is_worked_out_from_the_look_of_the_pair_and_the_region() {
        let opaque = Secret::new("1a2b3c".to_owned());
        let version = |id: &str, region| Credentials::likely_version(id, &opaque, region).as_str();
        assert_eq!(version("amzn1.application-oa2-client.0f", Region::Europe), "3.2");
        assert_eq!(version("7qc2kd0example", Region::FarEast), "2.3");
    }

    #[test]
    fn pa_api_keys_are_recognised() {
        assert!(Credentials::is_pa_api_key("AKIAIOSFODNN7EXAMPLE"));
        assert!(!Credentials::is_pa_api_key("amzn1.application-oa2-client.0f"));
        assert!(!Credentials::is_pa_api_key("7qc2kd0example"));
    }
}
