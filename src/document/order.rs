//! Putting one of several elsewhere in their order.

/// Puts the item of one identity before that of another, or at the end; `None`, with nothing moved,
/// where either is not there.
pub(super) fn put_before<T, I: PartialEq + Copy>(
    all: &mut Vec<T>,
    id_of: impl Fn(&T) -> I,
    id: I,
    before: Option<I>,
) -> Option<()> {
    let place = |all: &[T], id: I| all.iter().position(|item| id_of(item) == id);
    let from = place(all, id)?;
    if before == Some(id) {
        return Some(());
    }
    if let Some(before) = before {
        place(all, before)?;
    }
    let item = all.remove(from);
    let to = before.map_or(Some(all.len()), |before| place(all, before))?;
    all.insert(to, item);
    Some(())
}
