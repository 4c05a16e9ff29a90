//! Pasting a whole page of UKG Pro: the Customer API Key and the host are taken from it, nothing else is kept.
