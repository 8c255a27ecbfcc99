"""Writes the AVIF and JPEG XL files that show what `make.py` does not: boxes put together by hand.

Needs what `make.py` needs, and `avifenc` (libavif 0.11) and `cjxl` (libjxl 0.7). Run in this folder.
What each file holds is told in README.md.
"""

import io
import pathlib
import struct
import subprocess
import tempfile

import imagecodecs
import numpy as np
from PIL import Image

from make import (ALPHA, EXACT, H, REF8, REF16, RGB, SPACES, W, chunk, curve, encoded, exif, iccp, into, linear,
                  matrix_profile, png, primaries, save, turned, u8, u16)

SPACES["dci"] = primaries((.314, .351), (.68, .32), (.265, .69), (.15, .06))
SPACES["white_e"] = primaries((1 / 3, 1 / 3), (.64, .33), (.30, .60), (.15, .06))


def run(tool, source, ending, options, result):
    """What a tool makes of a file's bytes."""
    with tempfile.TemporaryDirectory() as folder:
        start, end = pathlib.Path(folder, "in." + ending), pathlib.Path(folder, "out." + result)
        start.write_bytes(source)
        subprocess.run([tool, *options, str(start), str(end)], check=True, capture_output=True)
        return end.read_bytes()


def avifenc(samples, *options, depth=8):
    """An AVIF of 8-bit or 16-bit samples; without other options as good as it gets."""
    color = {2: 0, 3: 2, 4: 6}[samples.ndim if samples.ndim == 2 else samples.shape[2]]
    fine = () if "-l" in options else ("--min", "0", "--max", "4", "--minalpha", "0", "--maxalpha", "0")
    return run("avifenc", png(samples, color, depth), "png", (*fine, "-s", "6", *options), "avif")


def cjxl(samples, *options, before=(), depth=8):
    color = {2: 0, 3: 2, 4: 6}[samples.ndim if samples.ndim == 2 else samples.shape[2]]
    return run("cjxl", png(samples, color, depth, before), "png", options, "jxl")


# ---- AVIF, box by box

def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def full(kind, *parts, version=0, flags=0):
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def boxes(data, at=0):
    found = []
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        found.append((kind, data[at + 8:at + size]))
        at += size
    return found


def items(data):
    """The coded data of a file's items, by their number."""
    meta = dict(boxes(dict(boxes(data))[b"meta"], 4))
    iloc = meta[b"iloc"]
    assert iloc[:6] == b"\0\0\0\0\x44\0", iloc[:8]
    at, found = 8, {}
    for _ in range(struct.unpack_from(">H", iloc, 6)[0]):
        item, _, n, start, length = struct.unpack_from(">HHHII", iloc, at)
        assert n == 1
        found[item] = data[start:start + length]
        at += 14
    return found


def coded(data):
    return items(data)[1]


def size_of(w, h):
    return full(b"ispe", struct.pack(">II", w, h))


def config(av1):
    """The `av1C` of data that begin with a temporal delimiter and a sequence header."""
    bits = header_bits(av1)[0]
    at = color_at(bits)
    return box(b"av1C", bytes([0x81, int(bits[:3], 2) << 5, int(bits[at]) << 6, 0]))


def nclx(primaries, transfer, matrix, is_full=True):
    return box(b"colr", b"nclx", struct.pack(">HHHB", primaries, transfer, matrix, is_full << 7))


PIXI = full(b"pixi", b"\3\x08\x08\x08")
IS_ALPHA = full(b"auxC", b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0")
SRGB = nclx(1, 13, 6)
ESSENTIAL = 0x80


def avif(color, properties=(), size=(W, H), alpha=None, alpha_properties=(), premultiplied=False, method=0,
         elsewhere=False, encrypted=False, cut_property=False):
    """A file of one coded picture, its properties (a box, or a box and 0x80 when essential), and its alpha."""
    lists = [[size_of(*size), PIXI, (config(color), ESSENTIAL), *properties]]
    if alpha is not None:
        lists.append([size_of(*size), (config(alpha), ESSENTIAL), IS_ALPHA, *alpha_properties])
    pairs = [[entry if isinstance(entry, tuple) else (entry, 0) for entry in one] for one in lists]
    stored = [body for one in pairs for body, _ in one]
    at, links = 1, b""
    for item, one in enumerate(pairs, 1):
        numbers = bytes(mark | number for number, (_, mark) in enumerate(one, at))
        links += struct.pack(">HB", item, len(one)) + numbers
        at += len(one)
    properties = b"".join(stored)
    if cut_property:
        last = len(properties) - len(stored[-1])
        properties = properties[:last] + struct.pack(">I", len(stored[-1]) + 40) + properties[last + 4:]
    data = [color] if alpha is None else [color, alpha]
    infe = [full(b"infe", struct.pack(">HH4s", item, int(encrypted), b"av01"), b"\0", version=2)
            for item in range(1, len(data) + 1)]
    references = b""
    if alpha is not None:
        references = box(b"auxl", struct.pack(">HHH", 2, 1, 1))
        references += box(b"prem", struct.pack(">HHH", 1, 1, 2)) if premultiplied else b""
    head = box(b"ftyp", b"avif\0\0\0\0avifmif1miaf")

    def meta(start):
        places, at = b"", start
        for item, one in enumerate(data, 1):
            places += struct.pack(">HHHHII", item, method, int(elsewhere), 1, at, len(one))
            at += len(one)
        return full(b"meta", full(b"hdlr", b"\0\0\0\0pict" + b"\0" * 13), full(b"pitm", b"\0\1"),
                    full(b"iloc", b"\x44\0" + struct.pack(">H", len(data)), places, version=1),
                    full(b"iinf", struct.pack(">H", len(data)), *infe),
                    full(b"iref", references) if references else b"",
                    box(b"iprp", box(b"ipco", properties), full(b"ipma", struct.pack(">I", len(data)), links)),
                    box(b"idat", *data) if method == 1 else b"")

    if method == 1:
        return head + meta(0)
    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", *data)


# ---- the sequence header, bit by bit

def header_bits(av1):
    """The bits of the sequence header, where it begins and where it ends."""
    at = 0
    while True:
        kind, length = av1[at] >> 3 & 15, av1[at + 1]
        assert av1[at] & 6 == 2 and length < 128
        if kind == 1:
            body = av1[at + 2:at + 2 + length]
            return "".join(f"{byte:08b}" for byte in body), at, at + 2 + length
        at += 2 + length


def color_at(bits):
    """Where what it says of colours begins; only for the short kind of header of still pictures."""
    assert bits[4] == "1"
    width, height = int(bits[10:14], 2) + 1, int(bits[14:18], 2) + 1
    return 18 + width + height + 3 + 3


def recolored(av1, points, is_full, place=None, size=None):
    """The same data whose header says other code points (none: nothing), range, chroma place or size."""
    bits, start, end = header_bits(av1)
    at = color_at(bits)
    profile, is_deep = int(bits[:3], 2), bits[at]
    old = at + 1 + (profile == 2 and is_deep == "1")
    is_grey = profile != 1 and bits[old] == "1"
    old += profile != 1
    kept = bits[:old]
    old += 25 if bits[old] == "1" else 1
    new = "0" if points is None else "1" + "".join(f"{point:08b}" for point in points)
    assert points != (1, 13, 0)
    old += 1
    new += str(int(is_full))
    if profile == 0 and not is_grey:
        new += bits[old:old + 2] if place is None else f"{place:02b}"
        old += 2
    rest = bits[old:].rstrip("0")
    if size is not None:
        assert size == (65536, 65536)
        kept = kept[:10] + "1111" * 2 + "1" * 32 + kept[color_at(bits) - 6:]
    bits = kept + new + rest
    bits += "0" * (-len(bits) % 8)
    body = int(bits, 2).to_bytes(len(bits) // 8)
    return av1[:start] + bytes([0x0A, len(body)]) + body + av1[end:]


def turned_by(*turns):
    """Properties that turn: irot as a number of quarters anticlockwise, imir as "tb" or "lr"."""
    kinds = {"tb": box(b"imir", b"\0"), "lr": box(b"imir", b"\1")}
    return [(kinds[turn] if turn in kinds else box(b"irot", bytes([turn])), ESSENTIAL) for turn in turns]


def y4m_left():
    """Limited range BT.601, each chroma number on the left one of two columns, between two rows."""
    r, g, b = np.moveaxis(EXACT, -1, 0)
    luma = 0.299 * r + 0.587 * g + 0.114 * b
    planes = [16 + 219 * luma]
    for color, share in ((b, 0.114), (r, 0.299)):
        chroma = 128 + 224 * (color - luma) / (2 * (1 - share))
        padded = np.pad(chroma, ((0, 0), (1, 1)), "edge")
        wide = (padded[:, :-2] + 2 * padded[:, 1:-1] + padded[:, 2:]) / 4
        planes.append((wide[0::2, 0::2] + wide[1::2, 0::2]) / 2)
    body = b"".join(np.rint(plane).astype(np.uint8).tobytes() for plane in planes)
    return f"YUV4MPEG2 W{W} H{H} F25:1 Ip A1:1 C420mpeg2\nFRAME\n".encode() + body


def write_avif():
    rgb = coded(avifenc(REF8, "-y", "444"))
    # What the sequence header says counts where there is no `colr`.
    p3 = u8(into("p3", encoded))
    limited = avifenc(p3, "-y", "444", "--cicp", "12/13/1", "-r", "limited")
    save("avif_header_p3.avif", avif(recolored(coded(limited), (12, 13, 1), False)))
    save("avif_header_silent.avif", avif(recolored(rgb, None, True)))
    save("avif_header_reserved.avif", avif(recolored(rgb, (1, 13, 3), True)))
    save("avif_header_huge.avif", avif(recolored(rgb, (1, 13, 6), True, size=(65536, 65536))))
    save("avif_colr_over_header.avif", avif(recolored(rgb, (9, 16, 9), False), [SRGB]))
    save("avif_half_unspecified.avif", avif(rgb, [nclx(12, 2, 6)]))
    save("avif_matrix_ycgco.avif", avifenc(REF8, "-y", "444", "--cicp", "1/13/8"))
    save("avif_matrix_identity.avif", avifenc(REF8, "-l"))
    half = coded(avifenc(REF8, "-y", "420"))
    save("avif_identity_halved.avif", avif(half, [nclx(1, 13, 0)]))
    left = run("avifenc", y4m_left(), "y4m", ("--min", "0", "--max", "4", "--cicp", "1/13/6"), "avif")
    save("avif_420_left.avif", left)
    save("avif_12.avif", avifenc(REF16, "-y", "444", "-d", "12", depth=16))
    # Boxes.
    save("avif_size_other.avif", avif(rgb, [SRGB], (48, 64)))
    save("avif_property_unknown.avif", avif(rgb, [SRGB, box(b"abcd", b"\0")]))
    save("avif_property_essential.avif", avif(rgb, [SRGB, (box(b"abcd", b"\0"), ESSENTIAL)]))
    save("damaged_property.avif", avif(rgb, [SRGB], cut_property=True))
    noisy = np.clip(REF8 + np.random.default_rng(1).integers(-20, 20, REF8.shape), 0, 255).astype(np.uint8)
    noisy = coded(avifenc(noisy, "-y", "444"))
    save("damaged_zeros.avif", avif(noisy[:-200] + bytes(200), [SRGB]))
    save("avif_pixels_oblong.avif", avif(rgb, [SRGB, box(b"pasp", struct.pack(">II", 2, 1))]))
    crop = struct.pack(">8I", 32, 1, 24, 1, 0, 1, 0, 1)
    save("avif_crop.avif", avif(rgb, [SRGB, (box(b"clap", crop), ESSENTIAL)]))
    save("avif_idat.avif", avif(rgb, [SRGB], method=1))
    save("avif_from_items.avif", avif(rgb, [SRGB], method=2))
    save("avif_elsewhere.avif", avif(rgb, [SRGB], elsewhere=True))
    save("avif_encrypted.avif", avif(rgb, [SRGB], encrypted=True))
    save("avif_grid.avif", run("avifenc", png(np.kron(REF8, np.ones((4, 4, 1), np.uint8)), RGB, 8), "png",
                               ("-g", "2x2", "--min", "50", "--max", "60"), "avif"))
    save("huge.avif", avif(rgb, [SRGB], (60000, 60000)))
    # Mirrored left to right and then turned anticlockwise, and the other way round.
    for name, turns, orientation in (("mirror_first", ("lr", 1), 5), ("turn_first", (1, "lr"), 7)):
        data = coded(avifenc(turned(REF8, orientation), "-y", "444"))
        save(f"avif_{name}.avif", avif(data, [SRGB, *turned_by(*turns)], (H, W)))
    # Animations.
    image = Image.fromarray(REF8)
    image.save("avif_animated.avif", save_all=True, append_images=[Image.fromarray(255 - REF8)], quality=95,
               subsampling="4:4:4", speed=8)
    with open("avif_animated.avif", "rb") as file:
        data = file.read()
    save("avif_animation_only.avif", data.replace(b"meta", b"free", 1))
    # Alpha.
    def grey(samples, *options, depth=8):
        return coded(avifenc(samples, "-y", "400", *options, depth=depth))
    save("avif_alpha_limited.avif", avif(rgb, [SRGB], alpha=recolored(grey(ALPHA, "-r", "limited"), None, False)))
    deep = grey(ALPHA.astype(int) * 257, "-d", "10", depth=16)
    save("avif_alpha_10.avif", avif(rgb, [SRGB], alpha=recolored(deep, None, True)))
    share = ALPHA[..., None] / 255.0
    dark = coded(avifenc(u8(EXACT * share), "-y", "444"))
    save("avif_premultiplied.avif", avif(dark, [SRGB], alpha=recolored(grey(ALPHA), None, True), premultiplied=True))


def header_jxl(side):
    """A bare codestream of a square that ends behind its header."""
    length = "11" + f"{side - 1:030b}"[::-1]
    bits = "0" + length + "000" + length + "11"
    bits += "0" * (-len(bits) % 8)
    return b"\xff\x0a" + bytes(int(bits[at:at + 8][::-1], 2) for at in range(0, len(bits), 8))


def bits_of(number, n):
    return f"{number:0{n}b}"[::-1] if n else ""


def depth_of(n_bits):
    return "0" + ("00" if n_bits == 8 else "11" + bits_of(n_bits - 1, 6))


SRGB_JXL = "1"
# As `imagecodecs` marks 16 bits: named by RGB, D65, the primaries of sRGB, linear, perceptual or relative.
LINEAR_JXL = "0" + "0" + "00" + "10" + "10" + "0" + "01" + bits_of(6, 4) + "10"


def header_rgba(depth, channel, buffer_16, colors=SRGB_JXL):
    """The header of a lossless picture of sRGB and one more channel."""
    three_to_four = bits_of(3, 3)
    bits = "1" + bits_of(H // 8 - 1, 5) + three_to_four + "00" + depth_of(depth) + str(int(buffer_16)) + "10" + channel + "0"
    bits += colors + "00" + "1"
    bits += "0" * (-len(bits) % 8)
    return b"\xff\x0a" + bytes(int(bits[at:at + 8][::-1], 2) for at in range(0, len(bits), 8))


def reheaded(samples, depth, alpha_depth, alpha):
    """A picture whose header says other depths, and another kind of its fourth channel: 0 is alpha, straight or
    multiplied into the colours, 15 is one that must be understood."""
    stored = 8 * samples.itemsize
    data = imagecodecs.jpegxl_encode(np.ascontiguousarray(samples), lossless=True, usecontainer=False)
    if data[4:8] == b"JXL ":
        data = dict(boxes(data))[b"jxlc"]
    is_small = stored == 8
    channel = "1" if is_small else "0" + "00" + depth_of(stored) + "00" + "00" + "0"
    old = header_rgba(stored, channel, is_small, SRGB_JXL if is_small else LINEAR_JXL)
    assert data.startswith(old), (data[:16].hex(), old.hex())
    number, is_associated = alpha
    kind = bits_of(0, 2) if number == 0 else bits_of(2, 2) + bits_of(number - 2, 4)
    end = str(int(is_associated)) if number == 0 else ""
    channel = "0" + kind + depth_of(alpha_depth) + "00" + "00" + end
    return header_rgba(depth, channel, is_small) + data[len(old):]


def write_jxl():
    lossless = ("-d", "0")
    p3 = into("p3", encoded)
    named = lambda space: ("-x", f"color_space={space}")
    name_p3 = named("RGB_D65_DCI_Rel_SRG")
    save("jxl_p3.jxl", cjxl(u8(p3), *lossless, *name_p3))
    save("jxl_p3_lossy.jxl", cjxl(u8(p3), "-d", "0.3", *name_p3))
    save("jxl_p3_dci.jxl", cjxl(u16(into("dci", lambda v: v ** (1 / 2.6))), *lossless, *named("RGB_DCI_DCI_Rel_DCI"), depth=16))
    save("jxl_white_e.jxl", cjxl(u16(into("white_e", encoded)), *lossless, *named("RGB_EER_SRG_Rel_SRG"), depth=16))
    save("jxl_icc_p3.jxl", cjxl(u8(p3), *lossless, before=[iccp(matrix_profile("Display P3", "p3", "srgb"))]))
    save("jxl_icc_lossy.jxl", cjxl(u8(into("prophoto", lambda v: v ** (1 / 1.8))), "-d", "0.3",
                                   before=[iccp(matrix_profile("ProPhoto RGB", "prophoto", 1.8))]))
    # A profile that the decoder cannot name: each channel has a curve of its own.
    gammas = (2.2, 1.8, 2.0)
    mixed = matrix_profile("three curves", "adobe", 2.2, {bytes([c]) + b"TRC": curve(g) for c, g in zip(b"rgb", gammas)})
    samples = into("adobe", lambda v: v ** (1 / np.array(gammas)))
    save("jxl_icc_curves_lossy.jxl", cjxl(u8(samples), "-d", "0.3", before=[iccp(mixed)]))
    samples[:H // 2, :W // 2] = (0, 1, 0)
    save("jxl_icc_curves_clipped.jxl", cjxl(u8(samples), "-d", "0.3", before=[iccp(mixed)]))
    save("jxl_gamma.jxl", cjxl(u16(into("srgb", lambda v: v ** 0.5)), *lossless, *named("RGB_D65_SRG_Rel_g0.5"), depth=16))
    frames = [Image.fromarray(REF8), Image.fromarray(255 - REF8)]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:], duration=100)
    save("jxl_animated.jxl", run("cjxl", out.getvalue(), "png", lossless, "jxl"))
    save("jxl_orientation6.jxl", cjxl(turned(REF8, 6), *lossless, before=[chunk(b"eXIf", exif(6))]))
    rgba = np.dstack([REF8, ALPHA])
    share = ALPHA[..., None] / 255.0
    dark = np.dstack([u8(EXACT * share), ALPHA])
    save("jxl_premultiplied.jxl", reheaded(dark, 8, 8, alpha=(0, True)))
    save("jxl_alpha_16.jxl", reheaded(rgba * np.array([1, 1, 1, 257], np.uint16), 8, 16, alpha=(0, False)))
    save("jxl_channel_unknown.jxl", reheaded(rgba, 8, 8, alpha=(15, False)))
    light = linear(EXACT).astype(np.float16)
    save("jxl_float.jxl", imagecodecs.jpegxl_encode(light, lossless=True))
    light[:H // 2, :W // 2] = 1.5
    save("jxl_float_bright.jxl", imagecodecs.jpegxl_encode(light, lossless=True))
    save("huge.jxl", header_jxl(60000))


if __name__ == "__main__":
    write_avif()
    write_jxl()
