//! The 22 marketplaces of the Creators API, and every short form under which a link may name one.

use serde::Serialize;

/// Where a marketplace's credentials are issued: one token endpoint per region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Region {
    /// North and South America: versions 2.1 and 3.1.
    #[serde(rename = "NA")]
    Americas,
    /// Europe, the Middle East and India: versions 2.2 and 3.2.
    #[serde(rename = "EU")]
    Europe,
    /// Japan, Australia, Singapore: versions 2.3 and 3.3.
    #[serde(rename = "FE")]
    FarEast,
}

impl Region {
    /// Amazon's two letters: `NA`, `EU`, `FE`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Americas => "NA",
            Self::Europe => "EU",
            Self::FarEast => "FE",
        }
    }
}

/// One marketplace. Its host is its name everywhere: in calls to Amazon, in arrays, in tables.
#[derive(Debug, PartialEq, Eq)]
pub struct Marketplace {
    /// `www.amazon.de`
    pub host: &'static str,
    /// The country's English name.
    pub country: &'static str,
    /// Amazon's own code in `MarketPlace=`: ISO 3166 (`GB` for amazon.co.uk).
    pub locale_code: &'static str,
    /// The region whose credentials are usual here.
    pub region: Region,
    /// ISO 4217.
    pub currency: &'static str,
    /// `languagesOfPreference` that are valid here, the default first.
    pub languages: &'static [&'static str],
}

use Region::{Americas, Europe, FarEast};

macro_rules! marketplaces {
    ($($host:literal $country:literal $code:literal $region:ident $currency:literal [$($language:literal)+];)+) => {
        &[$(Marketplace {
            host: $host,
            country: $country,
            locale_code: $code,
            region: $region,
            currency: $currency,
            languages: &[$($language),+],
        }),+]
    };
}

/// All marketplaces, in the order of Amazon's own list (documentation, "Locale reference").
pub const ALL: &[Marketplace] = marketplaces! {
    "www.amazon.com" "United States" "US" Americas "USD" ["en_US" "de_DE" "es_US" "ko_KR" "pt_BR" "zh_CN" "zh_TW"];
    "www.amazon.ca" "Canada" "CA" Americas "CAD" ["en_CA" "fr_CA"];
    "www.amazon.com.mx" "Mexico" "MX" Americas "MXN" ["es_MX"];
    "www.amazon.com.br" "Brazil" "BR" Americas "BRL" ["pt_BR"];
    "www.amazon.co.uk" "United Kingdom" "GB" Europe "GBP" ["en_GB"];
    "www.amazon.de" "Germany" "DE" Europe "EUR" ["de_DE" "cs_CZ" "en_GB" "nl_NL" "pl_PL" "tr_TR"];
    "www.amazon.fr" "France" "FR" Europe "EUR" ["fr_FR"];
    "www.amazon.it" "Italy" "IT" Europe "EUR" ["it_IT"];
    "www.amazon.es" "Spain" "ES" Europe "EUR" ["es_ES"];
    "www.amazon.nl" "Netherlands" "NL" Europe "EUR" ["nl_NL"];
    "www.amazon.com.be" "Belgium" "BE" Europe "EUR" ["fr_BE" "nl_BE" "en_GB"];
    "www.amazon.pl" "Poland" "PL" Europe "PLN" ["pl_PL"];
    "www.amazon.se" "Sweden" "SE" Europe "SEK" ["sv_SE"];
    "www.amazon.ie" "Ireland" "IE" Europe "EUR" ["en_IE"];
    "www.amazon.com.tr" "Türkiye" "TR" Europe "TRY" ["tr_TR"];
    "www.amazon.ae" "United Arab Emirates" "AE" Europe "AED" ["en_AE" "ar_AE"];
    "www.amazon.sa" "Saudi Arabia" "SA" Europe "SAR" ["en_AE" "ar_AE"];
    "www.amazon.eg" "Egypt" "EG" Europe "EGP" ["ar_AE" "en_AE"];
    "www.amazon.in" "India" "IN" Europe "INR" ["en_IN" "hi_IN" "kn_IN" "ml_IN" "ta_IN" "te_IN"];
    "www.amazon.co.jp" "Japan" "JP" FarEast "JPY" ["ja_JP" "en_US" "zh_CN"];
    "www.amazon.com.au" "Australia" "AU" FarEast "AUD" ["en_AU"];
    "www.amazon.sg" "Singapore" "SG" FarEast "SGD" ["en_SG"];
};

impl Marketplace {
    /// The marketplace with exactly this host, whatever its case: `www.amazon.de`.
    #[must_use]
    pub fn by_host(host: &str) -> Option<&'static Self> {
        ALL.iter().find(|m| m.host.eq_ignore_ascii_case(host))
    }

    /// The marketplace of a link's host: `amazon.de`, `www.amazon.de`, `smile.amazon.de`, `m.amazon.de`.
    #[must_use]
    pub fn by_link_host(host: &str) -> Option<&'static Self> {
        ALL.iter().find(|m| {
            let Some(domain) = m.host.strip_prefix("www.") else { return false };
            match host.len().checked_sub(domain.len()) {
                None => false,
                Some(0) => host.eq_ignore_ascii_case(domain),
                Some(prefix) => {
                    host.get(prefix..).is_some_and(|end| end.eq_ignore_ascii_case(domain))
                        && host.get(..prefix).is_some_and(|start| start.ends_with('.'))
                }
            }
        })
    }

    /// The marketplace of `MarketPlace=GB`; `UK` is understood as well.
    #[must_use]
    pub fn by_locale_code(code: &str) -> Option<&'static Self> {
        let code = <[u8; 2]>::try_from(code.as_bytes()).ok()?.map(|letter| letter.to_ascii_uppercase());
        let code = if &code == b"UK" { *b"GB" } else { code };
        ALL.iter().find(|m| m.locale_code.as_bytes().first_chunk() == Some(&code))
    }

    /// The marketplace of the number in old links and widgets, `o=3`: 1 US, 2 GB, 3 DE, 8 FR, 9 JP, 15 CA, 29 IT,
    /// 30 ES, 31 IN.
    #[must_use]
    pub fn by_number(number: &str) -> Option<&'static Self> {
        let code = match number {
            "1" => "US",
            "2" => "GB",
            "3" => "DE",
            "8" => "FR",
            "9" => "JP",
            "15" => "CA",
            "29" => "IT",
            "30" => "ES",
            "31" => "IN",
            _ => return None,
        };
        Self::by_locale_code(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_twenty_two_and_no_host_or_code_stands_twice() {
        assert_eq!(ALL.len(), 22);
        for (index, one) in ALL.iter().enumerate() {
            for other in &ALL[index + 1..] {
                assert_ne!(one.host, other.host);
                assert_ne!(one.locale_code, other.locale_code);
            }
        }
    }

    #[test]
    fn a_link_host_is_matched_by_its_whole_domain() {
        let host = |h| Marketplace::by_link_host(h).map(|m| m.host);
        assert_eq!(host("amazon.de"), Some("www.amazon.de"));
        assert_eq!(host("Smile.Amazon.co.uk"), Some("www.amazon.co.uk"));
        assert_eq!(host("www.amazon.com.br"), Some("www.amazon.com.br"));
        assert_eq!(host("notamazon.de"), None);
        assert_eq!(host("amazon.de.example.org"), None);
    }

    #[test]
    fn codes_and_numbers_name_marketplaces() {
        assert_eq!(Marketplace::by_locale_code("UK").map(|m| m.host), Some("www.amazon.co.uk"));
        assert_eq!(Marketplace::by_number("9").map(|m| m.host), Some("www.amazon.co.jp"));
        assert_eq!(Marketplace::by_number("77"), None);
    }
}
