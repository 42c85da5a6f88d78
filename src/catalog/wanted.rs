//! What is to be told of each product, in words of no provider.

use serde_json::Value;

/// Whether the largest picture is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HighRes {
    /// Ask for it.
    Wanted,
    /// Amazon refused a request that had it.
    LeftOut,
}

/// A part of what there is to know of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The primary picture.
    Picture,
    /// All others.
    Variants,
    /// The title.
    Title,
    /// The brand.
    Brand,
    /// The points of the description.
    Features,
    /// Every listing.
    Offers,
    /// Customers' reviews.
    Reviews,
    /// EAN, ISBN, UPC.
    Ids,
    /// Categories and ranks.
    Nodes,
    /// The product that this one is a variation of.
    Parent,
    /// What else Amazon's `itemInfo` has; told in Amazon's own words alone.
    Info,
}

/// The groups by the names that callers give them. What stands first is what is told where nothing is named, all but the last.
pub const GROUPS: [(&str, &[Group]); 10] = [
    ("title", &[Group::Title]),
    ("images", &[Group::Picture, Group::Variants]),
    ("brand", &[Group::Brand]),
    ("features", &[Group::Features]),
    ("offers", &[Group::Offers]),
    ("reviews", &[Group::Reviews]),
    ("ids", &[Group::Ids]),
    ("nodes", &[Group::Nodes]),
    ("parent_asin", &[Group::Parent]),
    ("info", &[Group::Info]),
];

/// What is to be told of each product.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The parts.
    pub groups: Vec<Group>,
    /// Whether Amazon's own words are kept.
    pub raw: bool,
    /// Parameters of the request that say how it is told, by their names in snake case: `currency_of_preference`.
    pub preferences: Vec<(&'static str, Value)>,
}

impl Default for Wanted {
    /// A picture and what stands beside it.
    fn default() -> Self {
        Self { groups: vec![Group::Picture, Group::Title], raw: false, preferences: Vec::new() }
    }
}

impl Wanted {
    /// All that an item of ours has.
    #[must_use]
    pub fn everything() -> Self {
        let groups = GROUPS.iter().flat_map(|(_, groups)| *groups).filter(|group| **group != Group::Info);
        Self { groups: groups.copied().collect(), ..Self::default() }
    }

    /// Whether there is anything in it beside the picture.
    #[must_use]
    pub fn has_details(&self) -> bool {
        self.raw || self.groups.iter().any(|group| !matches!(group, Group::Picture | Group::Title))
    }

    /// Whether the largest picture is part of it.
    #[must_use]
    pub fn high_res(&self) -> HighRes {
        let has_pictures = self.groups.iter().any(|group| matches!(group, Group::Picture | Group::Variants));
        if has_pictures { HighRes::Wanted } else { HighRes::LeftOut }
    }
}
