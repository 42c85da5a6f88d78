//! The 22 marketplaces.

/// One of Amazon's marketplaces.
#[derive(Debug, PartialEq, Eq)]
pub struct Marketplace {
    /// What the API calls it, `www.amazon.de`.
    pub host: &'static str,
    /// Two letters, as Amazon uses them (`GB`, not `UK`).
    pub country: &'static str,
    /// The languages it answers in; the first one is used when none is asked for.
    pub languages: &'static [&'static str],
}

const fn marketplace(host: &'static str, country: &'static str, languages: &'static [&'static str]) -> Marketplace {
    Marketplace { host, country, languages }
}

/// All of them. The position of each is part of the picture ids, so new ones go to the end.
pub const MARKETPLACES: [Marketplace; 22] = [
    marketplace("www.amazon.com", "US", &["en_US", "de_DE", "es_US", "ko_KR", "pt_BR", "zh_CN", "zh_TW"]),
    marketplace("www.amazon.ca", "CA", &["en_CA", "fr_CA"]),
    marketplace("www.amazon.com.mx", "MX", &["es_MX"]),
    marketplace("www.amazon.com.br", "BR", &["pt_BR"]),
    marketplace("www.amazon.co.uk", "GB", &["en_GB"]),
    marketplace("www.amazon.de", "DE", &["de_DE", "cs_CZ", "en_GB", "nl_NL", "pl_PL", "tr_TR"]),
    marketplace("www.amazon.fr", "FR", &["fr_FR"]),
    marketplace("www.amazon.it", "IT", &["it_IT"]),
    marketplace("www.amazon.es", "ES", &["es_ES"]),
    marketplace("www.amazon.nl", "NL", &["nl_NL"]),
    marketplace("www.amazon.com.be", "BE", &["fr_BE", "nl_BE", "en_GB"]),
    marketplace("www.amazon.pl", "PL", &["pl_PL"]),
    marketplace("www.amazon.se", "SE", &["sv_SE"]),
    marketplace("www.amazon.ie", "IE", &["en_IE"]),
    marketplace("www.amazon.com.tr", "TR", &["tr_TR"]),
    marketplace("www.amazon.ae", "AE", &["en_AE", "ar_AE"]),
    marketplace("www.amazon.sa", "SA", &["en_AE", "ar_AE"]),
    marketplace("www.amazon.eg", "EG", &["ar_AE", "en_AE"]),
    marketplace("www.amazon.in", "IN", &["en_IN", "hi_IN", "kn_IN", "ml_IN", "ta_IN", "te_IN"]),
    marketplace("www.amazon.co.jp", "JP", &["ja_JP", "en_US", "zh_CN"]),
    marketplace("www.amazon.com.au", "AU", &["en_AU"]),
    marketplace("www.amazon.sg", "SG", &["en_SG"]),
];

impl Marketplace {
    /// The marketplace with that host, if there is one.
    pub fn named(host: &str) -> Option<&'static Self> {
        MARKETPLACES.iter().find(|marketplace| marketplace.host == host)
    }

    /// The language of an answer: the wish where this marketplace speaks it, else its first.
    pub fn language(&self, wish: Option<&str>) -> &'static str {
        self.languages
            .iter()
            .find(|language| wish == Some(**language))
            .or(self.languages.first())
            .copied()
            .unwrap_or("en_US")
    }
}
