//! Random numbers that are the same everywhere, and bytes spoilt by them.

/// xorshift64*.
pub struct Rng(u64);

impl Rng {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// One below a bound, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.draw() >> 33) as usize % bound
    }

    /// Spoils a message in one to three places.
    pub fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..1 + self.below(3) {
            self.mutate_once(bytes);
        }
    }

    fn mutate_once(&mut self, bytes: &mut Vec<u8>) {
        const ODD: [u8; 8] = [0, 1, 2, 7, 0x1f, 0x7f, 0x80, 0xff];
        if bytes.is_empty() {
            return bytes.push(self.draw() as u8);
        }
        // Headers are at the front, and spoil most.
        let reach = if self.below(2) == 0 { bytes.len().min(24) } else { bytes.len() };
        let at = self.below(reach);
        match self.below(8) {
            0 | 1 => bytes[at] ^= 1 << self.below(8),
            2 => bytes[at] = ODD[self.below(ODD.len())],
            3 => bytes[at] = self.draw() as u8,
            4 => bytes[at] = bytes[at].wrapping_add(1),
            5 => bytes[at] = bytes[at].wrapping_sub(1),
            6 if self.below(2) == 0 => bytes.truncate(at),
            6 => drop(bytes.remove(at)),
            _ => {
                let byte = bytes[self.below(bytes.len())];
                bytes.insert(at, byte);
            }
        }
    }
}
