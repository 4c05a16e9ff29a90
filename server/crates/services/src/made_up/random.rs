//! Numbers that look random, many and fast. Nothing that has to be secret is made of them.

/// SplitMix64.
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// A number below `end`, for times.
    pub(super) fn millis(&mut self, end: i64) -> i64 {
        i64::try_from(self.below(u64::try_from(end).unwrap_or(0))).unwrap_or(0)
    }

    /// Whether something happens that happens so often in a hundred.
    pub(super) fn percent(&mut self, often: u64) -> bool {
        self.below(100) < often
    }

    /// One of these.
    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let n = self.below(u64::try_from(all.len()).unwrap_or(0));
        all.get(usize::try_from(n).unwrap_or(0)).copied()
    }

    /// Bytes of any number.
    pub(super) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for part in bytes.chunks_mut(8) {
            part.iter_mut().zip(self.next().to_le_bytes()).for_each(|(byte, drawn)| *byte = drawn);
        }
        bytes
    }
}
