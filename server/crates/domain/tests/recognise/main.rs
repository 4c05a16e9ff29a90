//! The recognisers, held to a table that is reviewed by reading, to properties, and to made-up nonsense.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod shown;
#[cfg(test)]
mod table;
