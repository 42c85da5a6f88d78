//! Credential versions: which of Amazon's six token endpoints a pair belongs to.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The version that Amazon shows beside a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Version {
    /// Cognito, North America.
    #[serde(rename = "2.1")]
    V2_1,
    /// Cognito, Europe.
    #[serde(rename = "2.2")]
    V2_2,
    /// Cognito, Far East.
    #[serde(rename = "2.3")]
    V2_3,
    /// Login with Amazon, North America.
    #[serde(rename = "3.1")]
    V3_1,
    /// Login with Amazon, Europe.
    #[serde(rename = "3.2")]
    V3_2,
    /// Login with Amazon, Far East.
    #[serde(rename = "3.3")]
    V3_3,
}

/// Who issues the tokens. The two speak differently: see the token module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Amazon Cognito: every 2.x.
    Cognito,
    /// Login with Amazon: every 3.x.
    LoginWithAmazon,
}

impl Version {
    const ALL: [Self; 6] = [Self::V2_1, Self::V2_2, Self::V2_3, Self::V3_1, Self::V3_2, Self::V3_3];

    /// Reads `3.1`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.name() == name)
    }

    /// Writes `3.1`.
    pub fn name(self) -> &'static str {
        match self {
            Self::V2_1 => "2.1",
            Self::V2_2 => "2.2",
            Self::V2_3 => "2.3",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
            Self::V3_3 => "3.3",
        }
    }

    /// Who issues its tokens.
    pub fn family(self) -> Family {
        match self {
            Self::V2_1 | Self::V2_2 | Self::V2_3 => Family::Cognito,
            Self::V3_1 | Self::V3_2 | Self::V3_3 => Family::LoginWithAmazon,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Family {
    /// The one scope it grants.
    pub fn scope(self) -> &'static str {
        match self {
            Self::Cognito => "creatorsapi/default",
            Self::LoginWithAmazon => "creatorsapi::default",
        }
    }
}
