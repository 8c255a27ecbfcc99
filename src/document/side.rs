//! The two sides, and one value for each.

use std::{
    fmt,
    ops::{Index, IndexMut},
};

/// One of the two pictures. Which one stands left is a matter of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The fixed picture: distances are measured in its pixels.
    A,
    /// The moving picture: a map takes its pixels onto A's.
    B,
}

impl Side {
    /// Both, A first.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// `'A'` or `'B'`.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

/// One value a side, so that nothing is ever named `foo_a` and `foo_b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PerSide<T> {
    /// The value of [`Side::A`].
    pub a: T,
    /// The value of [`Side::B`].
    pub b: T,
}

impl<T> PerSide<T> {
    /// The values of both sides.
    pub const fn new(a: T, b: T) -> Self {
        Self { a, b }
    }

    /// A value made for each side, A first.
    pub fn from_fn(mut make: impl FnMut(Side) -> T) -> Self {
        Self { a: make(Side::A), b: make(Side::B) }
    }

    /// Both values with their sides, A first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Side, &T)> {
        [(Side::A, &self.a), (Side::B, &self.b)].into_iter()
    }

    /// Each value changed by `change`.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> PerSide<U> {
        PerSide { a: change(self.a), b: change(self.b) }
    }

    /// Each side's value in place of the other's.
    #[must_use]
    pub fn exchanged(self) -> Self {
        Self { a: self.b, b: self.a }
    }

    /// References to both values.
    pub const fn as_ref(&self) -> PerSide<&T> {
        PerSide { a: &self.a, b: &self.b }
    }
}

impl<T> PerSide<Option<T>> {
    /// Both values, when both are there.
    pub fn both(self) -> Option<PerSide<T>> {
        Some(PerSide { a: self.a?, b: self.b? })
    }
}

impl<T> Index<Side> for PerSide<T> {
    type Output = T;

    fn index(&self, side: Side) -> &T {
        match side {
            Side::A => &self.a,
            Side::B => &self.b,
        }
    }
}

impl<T> IndexMut<Side> for PerSide<T> {
    fn index_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::A => &mut self.a,
            Side::B => &mut self.b,
        }
    }
}
