//! The same with the processor's vectors and without, to the bit.

use super::{Alignment, PAIR, Random, at, num, refine};
use crate::raster::without_vectors;

#[test]
fn what_is_found_is_the_same_with_vectors_and_without() {
    let [a, b] = &*PAIR;
    let (mut random, mut n_found) = (Random(21), 0);
    for corner in a.corners.iter().take(60) {
        let (scale, roll) = (random.uniform(0.8, 1.2), random.uniform(-0.1, 0.1));
        let other = if n_found % 3 == 0 { &a.picture } else { &b.picture };
        let middle = at(num(a.picture.width()) / 2.0, num(a.picture.height()) / 2.0);
        let maps = [(1.0, 0.0), (0.87, 4.0_f64.to_radians()), (scale, roll)]
            .map(|(scale, roll)| Alignment::about(scale, roll, middle, middle));
        for map in maps {
            let start = random.beside(*corner, 9.0);
            let search = || refine(&a.picture, *corner, other, start, &map);
            let found = search();
            assert_eq!(found, without_vectors(search), "{corner:?}");
            n_found += usize::from(found.is_ok());
        }
    }
    assert!(n_found > 10, "{n_found}");
}
