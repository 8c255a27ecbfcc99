"""Draws one reference picture and writes it in every kind of file that the tests read.

Needs Python 3.11 and, from its package index, numpy, Pillow 13, imagecodecs 2026.3 and tifffile.
Run in this folder; it replaces the files that lie here. What each file holds is told in README.md.
"""

import io
import struct
import zlib

import imagecodecs
import numpy as np
import tifffile
from PIL import Image, PngImagePlugin

W, H = 64, 48


def reference():
    """Four distinct quadrants, gradients and a little texture; floats from 0 to 1, 48x64x3."""
    y, x = np.mgrid[0:H, 0:W].astype(float)
    base = np.zeros((H, W, 3))
    for (top, left), color in {
        (0, 0): (0.78, 0.42, 0.36), (0, 1): (0.36, 0.66, 0.40),
        (1, 0): (0.34, 0.42, 0.74), (1, 1): (0.72, 0.66, 0.44),
    }.items():
        base[top * H // 2:(top + 1) * H // 2, left * W // 2:(left + 1) * W // 2] = color
    shade = 0.10 * (x / W - 0.5) + 0.08 * (y / H - 0.5)
    texture = 0.03 * np.sin(x * 0.9 + 0.3 * y)
    return np.clip(base + (shade + texture)[..., None], 0, 1)


REF = reference()
REF8 = np.rint(REF * 255).astype(np.uint8)
EXACT = REF8 / 255.0
REF16 = np.rint(REF * 65535).astype(np.uint16)
ALPHA = np.rint(255 * (0.3 + 0.7 * np.mgrid[0:H, 0:W][1] / (W - 1))).astype(np.uint8)
GREY8 = np.rint(REF[..., 1] * 255).astype(np.uint8)


def save(name, data):
    with open(name, "wb") as file:
        file.write(data)


# ---- PNG, chunk by chunk

def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def packed_rows(samples, depth):
    """Rows of samples (h, w, channels) as bytes, most significant bit first."""
    rows = []
    for row in samples.reshape(samples.shape[0], -1):
        if depth == 16:
            rows.append(row.astype(">u2").tobytes())
        elif depth == 8:
            rows.append(row.astype(np.uint8).tobytes())
        else:
            bits = np.unpackbits(row.astype(np.uint8)[:, None], axis=1)[:, 8 - depth:].ravel()
            rows.append(np.packbits(bits).tobytes())
    return rows


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(samples, color, depth, before=(), interlaced=False, after=()):
    h, w = samples.shape[:2]
    samples = samples.reshape(h, w, -1)
    if interlaced:
        rows = []
        for x0, y0, dx, dy in ADAM7:
            part = samples[y0::dy, x0::dx]
            if part.size:
                rows += packed_rows(part, depth)
    else:
        rows = packed_rows(samples, depth)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    head = struct.pack(">IIBBBBB", w, h, depth, color, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(before)
            + chunk(b"IDAT", data) + b"".join(after) + chunk(b"IEND", b""))


GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6


def exif(orientation):
    return b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0" + struct.pack("<HHI", orientation, 0, 0)


def turned(samples, orientation):
    """What lies in the file when `orientation` makes it upright."""
    inverse = {
        1: lambda a: a, 2: lambda a: a[:, ::-1], 3: lambda a: a[::-1, ::-1], 4: lambda a: a[::-1],
        5: lambda a: a.swapaxes(0, 1), 6: lambda a: np.rot90(a), 7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
        8: lambda a: np.rot90(a, 3),
    }
    return np.ascontiguousarray(inverse[orientation](samples))


# ---- colour spaces, by their published primaries

def primaries(white, red, green, blue):
    xyz = lambda p: np.array([p[0] / p[1], 1, (1 - p[0] - p[1]) / p[1]])
    m = np.stack([xyz(red), xyz(green), xyz(blue)], 1)
    m = m * np.linalg.solve(m, xyz(white))
    bradford = np.array([[.8951, .2664, -.1614], [-.7502, 1.7135, .0367], [.0389, -.0685, 1.0296]])
    d50 = np.array([0.9642, 1.0, 0.8249])
    scale = (bradford @ d50) / (bradford @ xyz(white))
    return np.linalg.inv(bradford) @ np.diag(scale) @ bradford @ m


D65, D50 = (0.3127, 0.3290), (0.3457, 0.3585)
SPACES = {
    "srgb": primaries(D65, (.64, .33), (.30, .60), (.15, .06)),
    "p3": primaries(D65, (.68, .32), (.265, .69), (.15, .06)),
    "adobe": primaries(D65, (.64, .33), (.21, .71), (.15, .06)),
    "prophoto": primaries(D50, (.734699, .265301), (.159597, .840403), (.036598, .000105)),
    "rec2020": primaries(D65, (.708, .292), (.170, .797), (.131, .046)),
}
SPACES["swapped"] = SPACES["srgb"][:, [1, 0, 2]]


def linear(v):
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def encoded(v):
    v = np.clip(v, 0, None)
    return np.where(v <= 0.0031308, v * 12.92, 1.055 * v ** (1 / 2.4) - 0.055)


def into(space, encode, samples=None):
    light = linear(EXACT if samples is None else samples)
    return np.clip(encode(np.maximum(light @ (np.linalg.inv(SPACES[space]) @ SPACES["srgb"]).T, 0)), 0, 1)


def s15(v):
    return struct.pack(">i", int(round(v * 65536)))


def text_tag(kind, text):
    if kind == b"mluc":
        data = text.encode("utf-16-be")
        return b"mluc\0\0\0\0" + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(data), 28) + data
    return kind + b"\0\0\0\0" + text.encode() + b"\0"


def icc(kind, tags, space=b"RGB ", pcs=b"XYZ "):
    """A version 4 profile of these tags."""
    tags = {b"desc": text_tag(b"mluc", kind), b"cprt": text_tag(b"mluc", "no copyright"), **tags}
    tags[b"wtpt"] = b"XYZ \0\0\0\0" + s15(.9642) + s15(1) + s15(.8249)
    at, table, body = 128 + 4 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        data += b"\0" * (-len(data) % 4)
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data
    total = at + len(body)
    klass = b"mntr" if space != b"CMYK" else b"prtr"
    head = struct.pack(">I4s4s4s4s4s", total, b"\0\0\0\0", b"\x04\x30\0\0", klass, space, pcs)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28 + s15(.9642) + s15(1) + s15(.8249)
    head += b"\0" * (128 - len(head))
    return head + struct.pack(">I", len(tags)) + table + body


def curve(gamma):
    if gamma == "srgb":
        return b"para\0\0\0\0\0\x03\0\0" + b"".join(map(s15, (2.4, 1 / 1.055, .055 / 1.055, 1 / 12.92, .04045)))
    return b"para\0\0\0\0\0\0\0\0" + s15(gamma)


def matrix_profile(name, space, gamma, extra=None):
    m = SPACES[space]
    tags = {}
    for column, channel in enumerate(b"rgb"):
        channel = bytes([channel])
        tags[channel + b"XYZ"] = b"XYZ \0\0\0\0" + b"".join(s15(m[row, column]) for row in range(3))
        tags[channel + b"TRC"] = curve(gamma)
    return icc(name, {**tags, **(extra or {})})


def iccp(profile):
    return chunk(b"iCCP", b"profile\0\0" + zlib.compress(profile, 9))


def u8(v):
    return np.rint(v * 255).astype(np.uint8)


def u16(v):
    return np.rint(v * 65535).astype(np.uint16)


def write_png():
    save("reference.png", png(REF8, RGB, 8))
    save("reference16.png", png(REF16, RGB, 16))
    rgba = np.dstack([REF8, ALPHA])
    save("reference_alpha.png", png(rgba, RGBA, 8))
    save("reference_grey.png", png(GREY8, GREY, 8))
    for depth in (1, 2, 4, 8, 16):
        top = (1 << depth) - 1
        save(f"png_grey{depth}.png", png(np.rint(REF[..., 1] * top).astype(int), GREY, depth))
    save("png_grey_alpha8.png", png(np.dstack([GREY8, ALPHA]), GREY_ALPHA, 8))
    save("png_grey_alpha16.png", png(np.dstack([GREY8, ALPHA]).astype(int) * 257, GREY_ALPHA, 16))
    save("png_rgba16.png", png(rgba.astype(int) * 257, RGBA, 16))
    for depth in (1, 2, 4, 8):
        n = 1 << depth
        image = Image.fromarray(REF8).quantize(n, dither=Image.Dither.NONE)
        colors = bytes(image.getpalette()[:3 * n])
        n_used = len(colors) // 3
        plte = chunk(b"PLTE", colors)
        save(f"png_palette{depth}.png", png(np.array(image), PALETTE, depth, [plte]))
        if depth == 4:
            trns = chunk(b"tRNS", bytes([255, 128, 0][:n_used]))
            save("png_palette4_trns.png", png(np.array(image), PALETTE, 4, [plte, trns]))
            save("png_palette4_interlaced.png", png(np.array(image), PALETTE, 4, [plte], True))
    save("png_rgb_trns.png", png(REF8, RGB, 8, [chunk(b"tRNS", struct.pack(">3H", *REF8[5, 7]))]))
    save("png_grey1_interlaced.png", png(np.rint(REF[..., 1]).astype(int), GREY, 1, (), True))
    save("png_rgb_interlaced.png", png(REF8, RGB, 8, (), True))
    save("png_rgb_interlaced_odd.png", png(REF8[:47, :61], RGB, 8, (), True))
    save("png_rgba16_interlaced.png", png(rgba.astype(int) * 257, RGBA, 16, (), True))
    for orientation in range(1, 9):
        block = chunk(b"eXIf", exif(orientation))
        save(f"png_orientation{orientation}.png", png(turned(REF8, orientation), RGB, 8, [block]))
    late = chunk(b"eXIf", exif(6))
    save("png_orientation6_after_idat.png", png(turned(REF8, 6), RGB, 8, (), False, [late]))
    frames = [Image.fromarray(REF8), Image.fromarray(255 - REF8)]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:], duration=100)
    save("png_animated.png", out.getvalue())
    # What the chunks say of the colours.
    gamma = chunk(b"gAMA", struct.pack(">I", 55556))
    chroma = chunk(b"cHRM", struct.pack(">8I", *(round(v * 100000) for v in (.3127, .329, .64, .33, .21, .71, .15, .06))))
    save("png_gamma_chroma.png", png(u16(into("adobe", lambda v: v ** 0.55556)), RGB, 16, [gamma, chroma]))
    save("png_gamma_linear.png", png(u16(linear(EXACT)), RGB, 16, [chunk(b"gAMA", struct.pack(">I", 100000))]))
    save("png_srgb_chunk.png", png(REF8, RGB, 8, [chunk(b"gAMA", struct.pack(">I", 45455)), chunk(b"sRGB", b"\0")]))
    save("png_cicp_p3.png", png(u16(into("p3", encoded)), RGB, 16, [chunk(b"cICP", bytes([12, 13, 0, 1]))]))
    save("png_icc_p3.png", png(u8(into("p3", encoded)), RGB, 8, [iccp(matrix_profile("Display P3", "p3", "srgb"))]))
    save("png_icc_adobe.png", png(u8(into("adobe", lambda v: v ** (256 / 563))), RGB, 8,
                                  [iccp(matrix_profile("Adobe RGB (1998)", "adobe", 563 / 256))]))
    save("png_icc_prophoto.png", png(u16(into("prophoto", lambda v: v ** (1 / 1.8))), RGB, 16,
                                     [iccp(matrix_profile("ProPhoto RGB", "prophoto", 1.8))]))
    save("png_icc_rec2020.png", png(u16(into("rec2020", lambda v: v ** (1 / 2.4))), RGB, 16,
                                    [iccp(matrix_profile("Rec. 2020", "rec2020", 2.4))]))
    save("png_icc_swapped.png", png(REF8[..., [1, 0, 2]], RGB, 8, [iccp(matrix_profile("swapped", "swapped", "srgb"))]))
    save("png_icc_srgb.png", png(REF8, RGB, 8, [iccp(matrix_profile("sRGB", "srgb", "srgb"))]))
    save("png_icc_table.png", png(REF8, RGB, 8, [iccp(lut_profile())]))
    grey = icc("grey 1.8", {b"kTRC": curve(1.8)}, b"GRAY")
    save("png_icc_grey.png", png(u16(linear(GREY8 / 255.0) ** (1 / 1.8)), GREY, 16, [iccp(grey)]))
    # A quarter of the pixels is the greenest that Display P3 has.
    wide = into("p3", encoded)
    wide[:H // 2, :W // 2] = (0, 1, 0)
    save("png_icc_p3_clipped.png", png(u8(wide), RGB, 8, [iccp(matrix_profile("Display P3", "p3", "srgb"))]))
    save("png_icc_bomb.png", png(REF8, RGB, 8, [chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(80 << 20), 9))]))
    save("png_text_bomb.png", png(REF8, RGB, 8, [chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80 << 20), 9))]))
    save("png_icc_broken.png", png(REF8, RGB, 8, [iccp(b"\0" * 200)]))


def lut_profile():
    """A table from RGB to Lab that says what sRGB's own formulas say, on a grid of 17."""
    n = 17
    grid = np.linspace(0, 1, n)
    r, g, b = np.meshgrid(grid, grid, grid, indexing="ij")
    xyz = linear(np.stack([r, g, b], -1)) @ SPACES["srgb"].T / np.array([.9642, 1, .8249])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    lab = np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)
    coded = np.rint(np.clip((lab + [0, 128, 128]) / [100, 255, 255], 0, 1) * 65280).astype(">u2")
    line = np.array([0, 65535], ">u2").tobytes()
    tag = (b"mft2\0\0\0\0" + bytes([3, 3, n, 0]) + b"".join(s15(v) for v in (1, 0, 0, 0, 1, 0, 0, 0, 1))
           + struct.pack(">HH", 2, 2) + line * 3 + coded.tobytes() + line * 3)
    return icc("table", {b"A2B0": tag, b"A2B1": tag}, b"RGB ", b"Lab ")


def cmyk_profile():
    """A table from ink to Lab: each ink takes its share of the light, and paper is white."""
    n = 9
    grid = np.linspace(0, 1, n)
    c, m, y, k = np.meshgrid(grid, grid, grid, grid, indexing="ij")
    rgb = np.stack([(1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)], -1)
    xyz = linear(rgb) @ SPACES["srgb"].T / np.array([.9642, 1, .8249])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    lab = np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], -1)
    coded = np.rint(np.clip((lab + [0, 128, 128]) / [100, 255, 255], 0, 1) * 255).astype(np.uint8)
    line = bytes(range(256))
    tag = (b"mft1\0\0\0\0" + bytes([4, 3, n, 0]) + b"".join(s15(v) for v in (1, 0, 0, 0, 1, 0, 0, 0, 1))
           + line * 4 + coded.tobytes() + line * 3)
    return icc("four inks", {b"A2B0": tag, b"A2B1": tag}, b"CMYK", b"Lab ")


def jpeg(image, **options):
    out = io.BytesIO()
    image.save(out, "JPEG", **{"quality": 95, "subsampling": 0, **options})
    return out.getvalue()


def ink_of(rgb):
    """Cyan, magenta, yellow and black: black takes what all three have in common."""
    k = 1 - rgb.max(-1)
    return u8(np.dstack([1 - rgb / (1 - k)[..., None], k]))


def write_jpeg():
    image = Image.fromarray(REF8)
    save("jpeg_444.jpg", jpeg(image))
    save("jpeg_422.jpg", jpeg(image, subsampling=1))
    save("jpeg_420.jpg", jpeg(image, subsampling=2))
    save("jpeg_progressive.jpg", jpeg(image, progressive=True))
    save("jpeg_restart.jpg", jpeg(image, restart_marker_blocks=4))
    save("jpeg_grey.jpg", jpeg(Image.fromarray(GREY8)))
    save("jpeg_rgb.jpg", jpeg(image, keep_rgb=True))
    for orientation in range(1, 9):
        turned_image = Image.fromarray(turned(REF8, orientation))
        save(f"jpeg_orientation{orientation}.jpg", jpeg(turned_image, exif=b"Exif\0\0" + exif(orientation)))
    p3 = Image.fromarray(u8(into("p3", encoded)))
    save("jpeg_icc_p3.jpg", jpeg(p3, icc_profile=matrix_profile("Display P3", "p3", "srgb")))
    long = matrix_profile("Display P3", "p3", "srgb", {b"pad0": text_tag(b"text", "pad " * 17000)})
    save("jpeg_icc_long.jpg", jpeg(p3, icc_profile=long))
    # Pillow writes ink upside down, with Adobe's marker.
    ink = ink_of(EXACT)
    cmyk = Image.fromarray(ink, "CMYK")
    with_marker = jpeg(cmyk, quality=98)
    save("jpeg_cmyk.jpg", with_marker)
    save("jpeg_cmyk_icc.jpg", jpeg(cmyk, quality=98, icc_profile=cmyk_profile()))
    at = with_marker.index(b"\xff\xee")
    length = struct.unpack(">H", with_marker[at + 2:at + 4])[0]
    save("jpeg_cmyk_no_marker.jpg", with_marker[:at] + with_marker[at + 2 + length:])
    # YCCK: the same inks, the first three as YCbCr of their complements' complements.
    ycck = imagecodecs.jpeg8_encode(255 - ink, level=98, colorspace="CMYK", outcolorspace="YCCK", subsampling="444")
    save("jpeg_ycck.jpg", ycck)


def write_others():
    image, rgba = Image.fromarray(REF8), Image.fromarray(np.dstack([REF8, ALPHA]))

    def put(name, picture, **options):
        picture.save(name, **options)

    put("webp_lossless.webp", image, lossless=True)
    put("webp_lossless_alpha.webp", rgba, lossless=True, exact=True)
    put("webp_lossy.webp", image, quality=95)
    put("webp_lossy_alpha.webp", rgba, quality=95)
    put("webp_animated.webp", image, save_all=True, append_images=[Image.fromarray(255 - REF8)], lossless=True)
    put("webp_orientation6.webp", Image.fromarray(turned(REF8, 6)), lossless=True, exif=exif(6))
    put("webp_icc_p3.webp", Image.fromarray(u8(into("p3", encoded))), lossless=True,
        icc_profile=matrix_profile("Display P3", "p3", "srgb"))
    put("webp_odd.webp", Image.fromarray(REF8[:47, :61]), lossless=True)

    def tiff(name, samples, **options):
        tifffile.imwrite(name, samples, metadata=None, software=False, **options)

    tiff("tiff_rgb.tif", REF8, photometric="rgb")
    for name, codec in {"lzw": "lzw", "deflate": "zlib", "packbits": "packbits"}.items():
        tiff(f"tiff_{name}.tif", REF8, photometric="rgb", compression=codec)
    tiff("tiff_predictor.tif", REF8, photometric="rgb", compression="lzw", predictor=True)
    tiff("tiff_tiled.tif", REF8, photometric="rgb", tile=(32, 32), compression="zlib")
    tiff("tiff_tiled_odd.tif", REF8[:47, :61], photometric="rgb", tile=(32, 32), compression="zlib")
    tiff("tiff_tiled_lzw.tif", REF8, photometric="rgb", tile=(32, 32), compression="lzw")
    tiff("tiff_rgb16.tif", REF16, photometric="rgb")
    tiff("tiff_rgb16_big_endian.tif", REF16, photometric="rgb", byteorder=">", compression="zlib", predictor=True)
    tiff("tiff_grey.tif", GREY8, photometric="minisblack")
    tiff("tiff_grey16.tif", GREY8.astype(np.uint16) * 257, photometric="minisblack")
    tiff("tiff_white_is_zero.tif", 255 - GREY8, photometric="miniswhite")
    tiff("tiff_rgba.tif", np.dstack([REF8, ALPHA]), photometric="rgb", extrasamples=["unassalpha"])
    tiff("tiff_planar.tif", REF8.transpose(2, 0, 1), photometric="rgb", planarconfig="separate")
    tiff("tiff_big.tif", REF8, photometric="rgb", bigtiff=True)
    tiff("tiff_pages.tif", np.stack([REF8, 255 - REF8]), photometric="rgb")
    tiff("tiff_float.tif", REF.astype(np.float32), photometric="rgb")
    tiff("tiff_icc_p3.tif", u8(into("p3", encoded)), photometric="rgb",
         iccprofile=matrix_profile("Display P3", "p3", "srgb"))
    tiff("tiff_cmyk.tif", ink_of(EXACT), photometric="separated")
    put("tiff_bilevel.tif", Image.fromarray(GREY8).point(lambda v: 255 * (v > 127)).convert("1"))
    put("tiff_palette.tif", image.quantize(256, dither=Image.Dither.NONE))
    for orientation in range(1, 9):
        tiff(f"tiff_orientation{orientation}.tif", turned(REF8, orientation), photometric="rgb",
             compression="zlib", extratags=[(274, 3, 1, orientation, True)])

    put("bmp_24.bmp", image)
    put("bmp_32.bmp", rgba)
    put("bmp_palette.bmp", image.quantize(256, dither=Image.Dither.NONE))
    put("bmp_1.bmp", Image.fromarray(GREY8).point(lambda v: 255 * (v > 127)).convert("1"))
    put("gif_plain.gif", image.quantize(256, dither=Image.Dither.NONE), interlace=0)
    put("gif_interlaced.gif", image.quantize(256, dither=Image.Dither.NONE), interlace=1)
    put("gif_animated.gif", image, save_all=True, loop=0, append_images=[Image.fromarray(255 - REF8)])
    save("qoi_rgb.qoi", imagecodecs.qoi_encode(REF8))
    save("qoi_rgba.qoi", imagecodecs.qoi_encode(np.ascontiguousarray(np.dstack([REF8, ALPHA]))))

    save("jxl_lossless.jxl", imagecodecs.jpegxl_encode(REF8, lossless=True, usecontainer=False))
    save("jxl_container.jxl", imagecodecs.jpegxl_encode(REF8, lossless=True, usecontainer=True))
    save("jxl_lossy.jxl", imagecodecs.jpegxl_encode(REF8, distance=0.5))
    save("jxl_16.jxl", imagecodecs.jpegxl_encode(u16(linear(EXACT)), lossless=True))
    save("jxl_grey.jxl", imagecodecs.jpegxl_encode(GREY8, lossless=True))
    save("jxl_alpha.jxl", imagecodecs.jpegxl_encode(np.ascontiguousarray(np.dstack([REF8, ALPHA])), lossless=True))

    put("avif_444.avif", image, quality=95, subsampling="4:4:4", speed=8)
    put("avif_420.avif", image, quality=95, subsampling="4:2:0", speed=8)
    put("avif_422.avif", image, quality=95, subsampling="4:2:2", speed=8)
    put("avif_alpha.avif", rgba, quality=95, subsampling="4:4:4", speed=8)
    put("avif_odd.avif", Image.fromarray(REF8[:47, :61]), quality=95, subsampling="4:2:0", speed=8)
    put("avif_limited.avif", image, quality=95, subsampling="4:4:4", range="limited", speed=8)
    for orientation in (2, 3, 5, 6, 7, 8):
        put(f"avif_orientation{orientation}.avif", Image.fromarray(turned(REF8, orientation)), quality=95,
            subsampling="4:4:4", speed=8, exif=exif(orientation))
    put("avif_icc_p3.avif", Image.fromarray(u8(into("p3", encoded))), quality=100, subsampling="4:4:4", speed=8,
        icc_profile=matrix_profile("Display P3", "p3", "srgb"))
    save("avif_10.avif", imagecodecs.avif_encode((REF16 >> 6).astype(np.uint16), level=95, bitspersample=10, pixelformat="444"))
    save("avif_grey.avif", imagecodecs.avif_encode(GREY8, level=95))


def write_refused():
    save("heic.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40)
    save("photoshop.psd", b"8BPS\0\x01" + b"\0" * 40)
    save("jpeg2000.jp2", imagecodecs.jpeg2k_encode(REF8, level=0))
    save("hdr.hdr", b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\n\x80\x80\x80\x80")
    save("openexr.exr", b"v/1\x01\x02\0\0\0" + b"\0" * 40)
    save("icon.ico", b"\0\0\x01\0\x01\0" + b"\0" * 40)
    save("pnm.ppm", b"P6 2 1 255\n" + bytes([1, 2, 3, 4, 5, 6]))
    save("svg.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    save("pdf.pdf", b"%PDF-1.7\n")
    save("empty.png", b"")
    save("text.png", b"Dear diary\n")


def write_damaged():
    for name in ("reference.png", "png_rgb_interlaced.png", "jpeg_444.jpg", "jpeg_progressive.jpg", "webp_lossless.webp",
                 "webp_lossy.webp", "tiff_lzw.tif", "tiff_rgb.tif", "bmp_24.bmp", "gif_plain.gif", "qoi_rgb.qoi",
                 "jxl_lossless.jxl", "avif_444.avif"):
        with open(name, "rb") as file:
            data = file.read()
        stem, ending = name.split(".")
        save(f"cut_{stem}.{ending}", data[:len(data) // 2])
    data = bytearray(png(REF8, RGB, 8))
    data[data.index(b"IDAT") + 40] ^= 0xFF
    save("damaged_idat.png", bytes(data))
    with open("jpeg_restart.jpg", "rb") as file:
        data = bytearray(file.read())
    marker = data.index(b"\xff\xd3")
    data[marker:-2] = b""
    save("damaged_scan.jpg", bytes(data))
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    save("huge.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))
    with open("jpeg_444.jpg", "rb") as file:
        data = bytearray(file.read())
    at = data.index(b"\xff\xc0") + 5
    data[at:at + 4] = struct.pack(">HH", 65500, 65500)
    save("huge.jpg", bytes(data))
    save("huge.qoi", b"qoif" + struct.pack(">II", 60000, 60000) + b"\3\0" + b"\0" * 20)
    save("huge.bmp", b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, 60000, 60000, 1, 24, 0, 0, 0, 0, 0, 0))
    tag = lambda kind, value: struct.pack("<HHII", kind, 4, 1, value)
    tags = b"".join(tag(*pair) for pair in ((256, 100000), (257, 100000), (258, 8), (259, 1), (262, 1), (273, 8), (278, 100000), (279, 100)))
    save("huge.tif", b"II*\0\x08\0\0\0" + struct.pack("<H", 8) + tags + b"\0\0\0\0")
    save("jpeg_called.png", open("jpeg_444.jpg", "rb").read())


if __name__ == "__main__":
    write_png()
    write_jpeg()
    write_others()
    write_refused()
    write_damaged()
