//! Amazon's hosts that old posts name: those of pictures, and those of SiteStripe and the banners before it.

use crate::html::url::{Url, is_on, is_same, split_at};
use crate::marketplace::Marketplace;

/// What a host is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// Products' pictures.
    Pictures {
        /// Where the host's name tells it.
        marketplace: Option<&'static Marketplace>,
    },
    /// Widgets, boxes and pixels.
    Ads {
        /// Which of them.
        service: Service,
        /// Where the host's name tells it.
        marketplace: Option<&'static Marketplace>,
    },
}

/// What is served beside plain pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// `ws-…/widgets/q`: SiteStripe's pictures and boxes.
    Widgets,
    /// `rcm-…/e/cm`: boxes and banners.
    Boxes,
    /// `ir-…/e/ir`
    Pixel,
}

/// With everything below them. Something fresh is written on these alone.
const PICTURES: [&str; 3] = ["media-amazon.com", "ssl-images-amazon.com", "images-amazon.com"];

/// What the label in front of a shop's domain begins with on the hosts of posts older than those: `images.amazon.com`,
/// `images-jp.amazon.com`, `rcm-images.amazon.com`, `ec1.amazon.com`. Nothing new is ever put there.
const OLD_PICTURES: [&str; 4] = ["images", "rcm-images", "ecx", "ec"];

/// `rcm-uk`: what the label in front of the domain is for, and its country. `na`, `eu` and `fe` name none.
const SERVICES: [(&str, Service); 4] =
    [("ws", Service::Widgets), ("rcm", Service::Boxes), ("ir", Service::Pixel), ("www", Service::Pixel)];

impl Host {
    /// Reads a host.
    #[must_use]
    pub fn of(host: &str) -> Option<Self> {
        let (label, domain) = split_at(host, b'.');
        // Nearly all are on this one, which is none of pictures.
        let is_usual = is_same(domain, "amazon-adsystem.com");
        if !is_usual && PICTURES.iter().any(|domain| is_on(host, domain)) {
            return Some(Self::Pictures { marketplace: None });
        }
        if let Some(country) = country_of_old(label).filter(|_| !is_usual && is_shop(domain)) {
            // `com` was used by every country.
            let by_domain = Marketplace::by_link_host(domain).filter(|shop| shop.locale_code != "US");
            return Some(Self::Pictures { marketplace: Marketplace::by_locale_code(country).or(by_domain) });
        }
        let (service, country) = split_at(label, b'-');
        let service = SERVICES.iter().find(|(name, _)| is_same(service, name))?.1;
        let by_domain = if is_usual {
            None
        } else if let Some(country) = domain_of_assoc(domain) {
            of_assoc(country)
        } else if label.eq_ignore_ascii_case("www") {
            // A shop: pictures on it are none of its ads.
            return None;
        } else {
            // `rcm-uk.amazon.co.uk`, `ws.amazon.de`
            Some(Marketplace::by_link_host(domain)?)
        };
        Some(Self::Ads { service, marketplace: Marketplace::by_locale_code(country).or(by_domain) })
    }
}

/// The country behind the label of an old host of pictures, or nothing; `None` where it is none.
fn country_of_old(label: &str) -> Option<&str> {
    OLD_PICTURES.iter().find_map(|old| {
        let (start, rest) = label.split_at_checked(old.len())?;
        let country = match rest.strip_prefix('-') {
            Some(country) => country,
            None if *old == "ec" => rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b's').then_some("")?,
            None => rest.is_empty().then_some("")?,
        };
        start.eq_ignore_ascii_case(old).then_some(country)
    })
}

/// `amazon.de`
fn is_shop(domain: &str) -> bool {
    Marketplace::by_link_host(domain)
        .is_some_and(|shop| shop.host.strip_prefix("www.").is_some_and(|own| own.eq_ignore_ascii_case(domain)))
}

/// Whether the URL is on a host that serves Amazon's pictures today.
#[must_use]
pub fn serves_pictures(url: &Url<'_>) -> bool {
    PICTURES.iter().any(|domain| is_on(url.host, domain))
}

/// `assoc-amazon.co.uk`: what stands behind the name.
fn domain_of_assoc(domain: &str) -> Option<&str> {
    const NAME: &str = "assoc-amazon.";
    domain.get(..NAME.len()).filter(|start| start.eq_ignore_ascii_case(NAME)).and_then(|_| domain.get(NAME.len()..))
}

/// `com` was used by every country.
fn of_assoc(domain: &str) -> Option<&'static Marketplace> {
    match domain {
        "com" => None,
        "jp" => Marketplace::by_locale_code("JP"),
        domain => Marketplace::by_link_host(&format!("amazon.{domain}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(host: &str) -> Option<(Option<Service>, &'static str)> {
        let code = |marketplace: Option<&'static Marketplace>| marketplace.map_or("", |m| m.locale_code);
        Host::of(host).map(|host| match host {
            Host::Pictures { marketplace } => (None, code(marketplace)),
            Host::Ads { service, marketplace } => (Some(service), code(marketplace)),
        })
    }

    #[test]
    fn hosts_tell_what_they_serve_and_where() {
        for (host, service, country) in [
            ("m.media-amazon.com", None, ""),
            ("ECX.images-amazon.com", None, ""),
            ("images.images-amazon.com", None, ""),
            ("images-na.ssl-images-amazon.com", None, ""),
            ("images.amazon.com", None, ""),
            ("images-jp.amazon.com", None, "JP"),
            ("images-eu.amazon.com", None, ""),
            ("images-uk.amazon.com", None, "GB"),
            ("images.amazon.co.jp", None, "JP"),
            ("Images.Amazon.de", None, "DE"),
            ("rcm-images.amazon.com", None, ""),
            ("ec1.amazon.com", None, ""),
            ("ecx.amazon.co.uk", None, "GB"),
            ("g-ecx.images-amazon.com", None, ""),
            ("images-cn.ssl-images-amazon.com", None, ""),
            ("ws-na.amazon-adsystem.com", Some(Service::Widgets), ""),
            ("ws-in.amazon-adsystem.com", Some(Service::Widgets), "IN"),
            ("ws.assoc-amazon.com", Some(Service::Widgets), ""),
            ("ir-uk.amazon-adsystem.com", Some(Service::Pixel), "GB"),
            ("www.assoc-amazon.jp", Some(Service::Pixel), "JP"),
            ("www.assoc-amazon.co.uk", Some(Service::Pixel), "GB"),
            ("rcm-fe.amazon-adsystem.com", Some(Service::Boxes), ""),
            ("rcm.amazon.com", Some(Service::Boxes), "US"),
            ("rcm-uk.amazon.co.uk", Some(Service::Boxes), "GB"),
        ] {
            assert_eq!(read(host), Some((service, country)), "{host}");
        }
    }

    #[test]
    fn other_hosts_are_none_of_them() {
        for host in [
            "www.amazon.com",
            "g-images.amazon.com",
            "z-na.amazon-adsystem.com",
            "amazon-adsystem.com",
            "ws-na.amazon-adsystem.com.example.org",
            "images-amazon.com.example.org",
            "ximages-amazon.com",
            "ws.amazon.cn",
            "rcm.example.org",
            "images.www.amazon.com",
            "images.example.org",
            "echo.amazon.com",
            "imagesx.amazon.com",
            "",
        ] {
            assert_eq!(read(host), None, "{host}");
        }
    }
}
