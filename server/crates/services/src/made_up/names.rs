//! Names of companies that do not exist, and addresses that no mail reaches (`.example`).

use domain::{CustomerName, EmailAddress};

use super::random::Random;

const FIRST: [&str; 48] = [
    "Adventure",
    "Alpine",
    "Amber",
    "Apex",
    "Aurora",
    "Bayside",
    "Beacon",
    "Birch",
    "Blue Yonder",
    "Bright",
    "Cascade",
    "Cedar",
    "Clearwater",
    "Coho",
    "Contoso",
    "Copper",
    "Coral",
    "Crescent",
    "Dune",
    "Eastgate",
    "Elm",
    "Evergreen",
    "Fabrikam",
    "Fjord",
    "Fourth",
    "Granite",
    "Grove",
    "Harbor",
    "Highland",
    "Juniper",
    "Lakeshore",
    "Lucerne",
    "Maple",
    "Meridian",
    "Nordwind",
    "Northwind",
    "Oakridge",
    "Pinnacle",
    "Prairie",
    "Redwood",
    "Riverside",
    "Summit",
    "Tailspin",
    "Trey",
    "Vista",
    "Westbrook",
    "Wingtip",
    "Zürich",
];
const TRADE: [&str; 32] = [
    "Airlines",
    "Books",
    "Clinics",
    "Coffee",
    "Construction",
    "Dairy",
    "Dental",
    "Energy",
    "Farms",
    "Foods",
    "Freight",
    "Furniture",
    "Health",
    "Hospitals",
    "Hotels",
    "Insurance",
    "Logistics",
    "Media",
    "Mutual",
    "Orchards",
    "Outfitters",
    "Paper",
    "Pharmacy",
    "Resorts",
    "Robotics",
    "Schools",
    "Shipping",
    "Steel",
    "Textiles",
    "Toys",
    "Traders",
    "Winery",
];
const KIND: [&str; 12] = [
    "",
    "",
    "",
    "Group",
    "Partners",
    "Inc.",
    "LLC",
    "& Sons",
    "of Ohio",
    "Northwest",
    "International",
    "Holdings",
];
const OFFICE: [&str; 8] = ["hr", "payroll", "people", "it", "hris", "benefits", "workforce", "hr-admin"];

/// A customer and, mostly, whom to write to.
pub(super) fn customer(random: &mut Random, number: u64) -> Option<(CustomerName, Option<EmailAddress>)> {
    let (first, trade) = (random.one_of(&FIRST)?, random.one_of(&TRADE)?);
    let name = format!("{first} {trade} {}", random.one_of(&KIND)?);
    let domain: String = first.chars().filter(char::is_ascii_alphanumeric).collect();
    let office = random.one_of(&OFFICE)?;
    let address = format!("{office}@{domain}-{trade}-{number}.example");
    let contact = if random.percent(92) { EmailAddress::parse(&address).ok() } else { None };
    Some((CustomerName::parse(&name).ok()?, contact))
}
