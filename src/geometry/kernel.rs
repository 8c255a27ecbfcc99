//! The names of the interpolation kernels. Their weights are computed in `raster`.

/// An interpolation kernel, by the name that is printed with every picture made with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kernel {
    /// The source pixel that holds the position; when minified, the mean of those it covers.
    Nearest,
    /// Linear on each axis between the two nearest pixel centres.
    Bilinear,
    /// Catmull & Rom 1974: the interpolating cubic with a = -1/2 (Keys 1981).
    CatmullRom,
    /// The sinc windowed by its own central lobe over three lobes (Duchon 1979).
    Lanczos3,
}

impl Kernel {
    /// All kernels, cheapest first.
    pub const ALL: [Self; 4] = [Self::Nearest, Self::Bilinear, Self::CatmullRom, Self::Lanczos3];

    /// The name in pictures and text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::Bilinear => "bilinear",
            Self::CatmullRom => "Catmull-Rom",
            Self::Lanczos3 => "Lanczos-3",
        }
    }

    /// The name on a command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::Bilinear => "bilinear",
            Self::CatmullRom => "catmull-rom",
            Self::Lanczos3 => "lanczos3",
        }
    }
}
