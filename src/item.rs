//! What Amazon tells of a product. All of it may be absent: Amazon's answers are sparse, and only what was asked for is there.

use serde_json::Value;

use crate::image::{Image, Picture};

/// A product.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// Its primary picture, its title and its link: what every call asks for.
    pub image: Image,
    /// The rest, where more than that was asked for.
    pub details: Option<Box<Details>>,
}

/// What is told of a product beside its picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Details {
    /// The product that this one is a variation of.
    pub parent_asin: Option<String>,
    /// Its brand.
    pub brand: Option<String>,
    /// The points of its description.
    pub features: Option<Vec<String>>,
    /// More pictures, each small, medium, large and the largest there is.
    pub variants: Vec<[Option<Picture>; 4]>,
    /// Every listing, in Amazon's order. May be kept for an hour.
    pub offers: Option<Vec<Offer>>,
    /// Customers' reviews.
    pub reviews: Option<Reviews>,
    /// Numbers of other registers.
    pub ids: Option<Ids>,
    /// The categories it stands in.
    pub nodes: Option<Vec<Node>>,
    /// What tells it from its siblings: name and value.
    pub variation_attributes: Option<Vec<(String, String)>>,
    /// Amazon's own words, if they were asked for.
    pub raw: Option<Value>,
}

/// An amount of money.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Money {
    /// In the currency's smallest unit: cents, yen.
    pub amount: Option<i64>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// As Amazon shows it.
    pub display: Option<String>,
}

impl Money {
    /// The decimals of a currency's amounts (ISO 4217).
    #[must_use]
    pub fn decimals(currency: &str) -> i32 {
        match currency {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND" | "VUV"
            | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }

    /// An amount in the smallest unit; `None` where it is no amount that a float tells exactly.
    #[must_use]
    pub fn minor_units(amount: f64, currency: &str) -> Option<i64> {
        let units = (amount * 10_f64.powi(Self::decimals(currency))).round();
        #[expect(clippy::cast_possible_truncation, reason = "its range was looked at")]
        (0.0..=9e15).contains(&units).then_some(units as i64)
    }
}

/// One listing of a product.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Offer {
    /// What it costs.
    pub price: Option<Money>,
    /// What a unit of it costs.
    pub price_per_unit: Option<Money>,
    /// How much less that is.
    pub saving: Option<Saving>,
    /// Whether and when it can be had.
    pub availability: Option<Availability>,
    /// New or used.
    pub condition: Option<Condition>,
    /// Who sells it: id and name.
    pub merchant: Option<(Option<String>, Option<String>)>,
    /// A deal that it is part of.
    pub deal: Option<Deal>,
    /// `LIGHTNING_DEAL`, `SUBSCRIBE_AND_SAVE`, … an open set.
    pub kind: Option<String>,
    /// Whether it is the one that Amazon puts first.
    pub is_buy_box_winner: Option<bool>,
    /// Amazon Points.
    pub loyalty_points: Option<i64>,
    /// Whether its price may not be shown.
    pub violates_map: Option<bool>,
}

/// How much less a listing costs, and than what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saving {
    /// How much.
    pub money: Option<Money>,
    /// The same in percent.
    pub percent: Option<i64>,
    /// The price that it is compared with.
    pub basis: Option<Money>,
    /// `LIST_PRICE`, `WAS_PRICE`, … an open set.
    pub basis_type: Option<String>,
    /// What Amazon calls that.
    pub basis_label: Option<String>,
}

/// Whether and when a listing can be had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Availability {
    /// `IN_STOCK`, … an open set.
    pub kind: Option<String>,
    /// Amazon's sentence.
    pub message: Option<String>,
    /// How many must be ordered.
    pub min_quantity: Option<i64>,
    /// How many may be.
    pub max_quantity: Option<i64>,
}

/// The condition of what is sold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// `New`, `Used`, …
    pub value: Option<String>,
    /// `LikeNew`, …
    pub sub_condition: Option<String>,
    /// The seller's words.
    pub note: Option<String>,
}

/// A deal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deal {
    /// `ALL`, `PRIME_EXCLUSIVE`, … an open set.
    pub access_type: Option<String>,
    /// What Amazon writes on it.
    pub badge: Option<String>,
    /// How long some may have it before others, in milliseconds.
    pub early_access_ms: Option<i64>,
    /// When it begins, as Amazon writes it.
    pub starts_at: Option<String>,
    /// When it ends, as Amazon writes it.
    pub ends_at: Option<String>,
    /// How much of it is gone.
    pub percent_claimed: Option<i64>,
}

/// Customers' reviews.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reviews {
    /// How many.
    pub count: Option<i64>,
    /// Their mean, 1 to 5.
    pub stars: Option<f64>,
}

/// Numbers of other registers, several of each are normal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids {
    /// European Article Numbers.
    pub ean: Vec<String>,
    /// International Standard Book Numbers.
    pub isbn: Vec<String>,
    /// Universal Product Codes.
    pub upc: Vec<String>,
}

/// A category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Amazon's number.
    pub id: String,
    /// Its name where it stands.
    pub name: Option<String>,
    /// Its name by itself.
    pub context_free_name: Option<String>,
    /// Whether it is one of the first level.
    pub is_root: Option<bool>,
    /// The product's place in it.
    pub sales_rank: Option<i64>,
    /// Those above it, the nearest first.
    pub ancestors: Vec<Node>,
    /// Those below it.
    pub children: Vec<Node>,
}

#[cfg(test)]
mod tests {
    use super::Money;

    #[test]
    fn an_amount_is_told_in_the_currencys_smallest_unit() {
        for (amount, currency, units) in [
            (59.99, "EUR", Some(5999)),
            (0.29, "USD", Some(29)),
            (1_234_567.89, "INR", Some(123_456_789)),
            (4980.0, "JPY", Some(4980)),
            (1.234, "KWD", Some(1234)),
            (0.0, "EUR", Some(0)),
            (-1.0, "EUR", None),
            (1e300, "EUR", None),
            (f64::NAN, "EUR", None),
        ] {
            assert_eq!(Money::minor_units(amount, currency), units, "{amount} {currency}");
        }
    }
}
