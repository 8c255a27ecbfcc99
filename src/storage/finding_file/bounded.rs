//! Pieces of JSON that take no more memory than they are worth, whatever a file says.

use std::marker::PhantomData;

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// A list of at most `MAX` items; more are refused while they are read.
#[derive(Debug)]
pub(super) struct AtMost<T, const MAX: usize>(pub(super) Vec<T>);

impl<'de, T: Deserialize<'de>, const MAX: usize> Deserialize<'de> for AtMost<T, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T, const MAX: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MAX: usize> Visitor<'de> for ListVisitor<T, MAX> {
    type Value = AtMost<T, MAX>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "a list of at most {MAX} items")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Self::Value, S::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            if items.len() == MAX {
                return Err(S::Error::invalid_length(MAX + 1, &self));
            }
            items.push(item);
        }
        Ok(AtMost(items))
    }
}

/// A whole number, true or false; anything else is passed over.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Simple {
    Number(i64),
    Bool(bool),
    #[default]
    Other,
}

impl<'de> Deserialize<'de> for Simple {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SimpleVisitor)
    }
}

struct SimpleVisitor;

impl<'de> Visitor<'de> for SimpleVisitor {
    type Value = Simple;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Simple, E> {
        Ok(Simple::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Simple, E> {
        Ok(Simple::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Simple, E> {
        Ok(i64::try_from(value).map_or(Simple::Other, Simple::Number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Simple, E> {
        Ok(Simple::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Simple, E> {
        Ok(Simple::Other)
    }

    fn visit_unit<E>(self) -> Result<Simple, E> {
        Ok(Simple::Other)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Simple, S::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Simple::Other)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Simple, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Simple::Other)
    }
}
