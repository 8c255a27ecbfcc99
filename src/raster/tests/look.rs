//! Looks: what they do to pixels, and what they leave alone.

use crate::{
    geometry::{Channel, Look},
    raster::LookTable,
};

#[test]
fn the_plain_look_changes_nothing() {
    let table = LookTable::new(&Look::default());
    for code in 0..=255 {
        let pixel = [code, 255 - code, code / 2, 77];
        assert_eq!(table.of(pixel), pixel);
    }
    assert!(Look::default().is_plain() && Look::default().words().is_empty());
}

#[test]
fn channels_are_shown_as_grey() {
    let pixel = [200, 154, 132, 255];
    for (channel, grey) in [
        (Channel::Red, 200),
        (Channel::Green, 154),
        (Channel::Blue, 132),
        // L* 67.32, chroma 23.01.
        (Channel::Lightness, 172),
        (Channel::Chroma, 59),
    ] {
        let look = Look { channel, ..Look::default() };
        assert_eq!(LookTable::new(&look).of(pixel), [grey, grey, grey, 255], "{channel:?}");
    }
}

#[test]
fn a_stop_doubles_light_and_contrast_spreads_codes() {
    let brighter = LookTable::new(&Look { exposure: 1.0, ..Look::default() });
    // Code 118 is light 0.1812; twice that is code 162.
    assert_eq!(brighter.of([118, 0, 250, 9]), [162, 0, 255, 9]);
    let harder = LookTable::new(&Look { contrast: 2.0, ..Look::default() });
    assert_eq!(harder.of([128, 100, 60, 255]), [129, 73, 0, 255]);
    let look = Look { channel: Channel::Red, exposure: -0.5, contrast: 2.0 };
    assert_eq!(look.words(), "R, -0.5 EV, contrast 2.0x");
}

#[test]
fn limits_are_kept() {
    let wild = Look { exposure: f32::NAN, contrast: 1e9, ..Look::default() }.sound();
    assert_eq!((wild.exposure, wild.contrast), (0.0, 10.0));
}
