//! Writes profiles, byte by byte as ICC.1 lays them out.

/// A profile of these tags. `version` is the first byte of the version.
pub(super) fn profile(
    version: u8,
    space: [u8; 4],
    pcs: [u8; 4],
    tags: &[([u8; 4], Vec<u8>)],
) -> Vec<u8> {
    let mut header = vec![0_u8; 128];
    header[8] = version;
    header[12..16].copy_from_slice(if space == *b"CMYK" { b"prtr" } else { b"mntr" });
    header[16..20].copy_from_slice(&space);
    header[20..24].copy_from_slice(&pcs);
    header[36..40].copy_from_slice(b"acsp");
    header[68..80].copy_from_slice(&fixed(&[0.9642, 1.0, 0.8249]));
    let (mut list, mut data) = (u32_of(tags.len()).to_vec(), Vec::new());
    let start = 132 + 12 * tags.len();
    for (name, bytes) in tags {
        list.extend(name);
        list.extend(u32_of(start + data.len()));
        list.extend(u32_of(bytes.len()));
        data.extend(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut all = [header, list, data].concat();
    let size = u32_of(all.len());
    all[..4].copy_from_slice(&size);
    all
}

fn u32_of(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap().to_be_bytes()
}

fn sixteens(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

/// Numbers of 15.16 bits.
fn fixed(values: &[f64]) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
    let of = |value: &f64| (libm::round(value * 65_536.0) as i32).to_be_bytes();
    values.iter().flat_map(of).collect()
}

fn typed(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    [name.as_slice(), &[0; 4], data].concat()
}

/// A description as version 4 has it.
pub(super) fn desc(text: &str) -> Vec<u8> {
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let head = [u32_of(1), u32_of(12), *b"enUS", u32_of(2 * utf16.len()), u32_of(28)].concat();
    typed(*b"mluc", &[head, sixteens(&utf16)].concat())
}

pub(super) fn xyz(values: [f64; 3]) -> Vec<u8> {
    typed(*b"XYZ ", &fixed(&values))
}

/// A sampled curve; a gamma of 8.8 bits for one sample, none for none.
pub(super) fn curv(samples: &[u16]) -> Vec<u8> {
    typed(*b"curv", &[u32_of(samples.len()).to_vec(), sixteens(samples)].concat())
}

/// A parametric curve of type 0 to 4 by the number of its parameters.
pub(super) fn para(parameters: &[f64]) -> Vec<u8> {
    let kind = [1, 3, 4, 5, 7].iter().position(|n| *n == parameters.len()).unwrap();
    let kind = [0, u8::try_from(kind).unwrap(), 0, 0];
    typed(*b"para", &[kind.to_vec(), fixed(parameters)].concat())
}

/// Type `lut16` from `n_in` channels to three; one input and one output table serve all channels.
pub(super) fn lut16(n_in: u8, grid: u8, input: &[u16], points: &[u16], output: &[u16]) -> Vec<u8> {
    let matrix = fixed(&[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    let n = |table: &[u16]| u16::try_from(table.len()).unwrap().to_be_bytes();
    let head = [vec![n_in, 3, grid, 0], matrix, n(input).to_vec(), n(output).to_vec()].concat();
    let tables =
        [sixteens(input).repeat(usize::from(n_in)), sixteens(points), sixteens(output).repeat(3)];
    typed(*b"mft2", &[head, tables.concat()].concat())
}

/// Type `lut8`, with tables that change nothing.
pub(super) fn lut8(n_in: u8, grid: u8, points: &[u8]) -> Vec<u8> {
    let matrix = fixed(&[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    let straight: Vec<u8> = (0..=255).collect();
    let tables = [straight.repeat(usize::from(n_in)), points.to_vec(), straight.repeat(3)];
    typed(*b"mft1", &[vec![n_in, 3, grid, 0], matrix, tables.concat()].concat())
}

/// Type `lutAToB` for three channels. Each curve serves three channels; `matrix` ends with its
/// offsets; `points` has 16 bits and the same number of points along each channel.
pub(super) fn lut_a_to_b(
    a: Option<(&[u8], u8, &[u16])>,
    m: Option<(&[u8], &[f64; 12])>,
    b: &[u8],
) -> Vec<u8> {
    let mut data = vec![3, 3, 0, 0];
    data.resize(24, 0);
    let put = |at: usize, bytes: &[u8], data: &mut Vec<u8>| {
        let offset = u32_of(data.len() + 8);
        data[at..at + 4].copy_from_slice(&offset);
        data.extend(bytes);
        data.resize(data.len().next_multiple_of(4), 0);
    };
    let three = |curve: &[u8]| {
        let mut curve = curve.to_vec();
        curve.resize(curve.len().next_multiple_of(4), 0);
        curve.repeat(3)
    };
    put(4, &three(b), &mut data);
    if let Some((curve, matrix)) = m {
        put(8, &fixed(matrix), &mut data);
        put(12, &three(curve), &mut data);
    }
    if let Some((curve, grid, points)) = a {
        let mut sizes = vec![0; 20];
        sizes[..3].fill(grid);
        sizes[16] = 2;
        put(16, &[sizes, sixteens(points)].concat(), &mut data);
        put(20, &three(curve), &mut data);
    }
    typed(*b"mAB ", &data)
}
