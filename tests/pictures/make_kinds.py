"""Draws the rarer kinds of JPEG, TIFF, GIF, BMP and PNG. Needs what make.py needs, and of the system
`jpegtran` and `cjpeg` (libjpeg-turbo). Run in this folder after make.py."""

import io
import struct
import subprocess
import tempfile
import zlib

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

from make import (ALPHA, EXACT, GREY8, REF8, REF16, RGB, chunk, cmyk_profile, encoded, ink_of, into, jpeg,
                  matrix_profile, png, save, u8)

SCANS = {
    "separate": "0;\n1;\n2;\n",
    "chroma_first": "2;\n1;\n0;\n",
    "luma_apart": "0;\n1 2;\n",
}


def tool(data, *words):
    return subprocess.run(words, input=data, stdout=subprocess.PIPE, check=True).stdout


def scanned(data, name):
    return tool_scans(data, SCANS[name])


def tool_scans(data, scans):
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(scans)
        file.flush()
        return tool(data, "jpegtran", "-scans", file.name)


def ended_early(data, share):
    """The file up to some share of it, and an end marker."""
    return data[:int(len(data) * share)] + b"\xff\xd9"


def write_jpeg():
    image = Image.fromarray(REF8)
    odd = Image.fromarray(REF8[:47, :61])
    save("jpeg_separate_444.jpg", scanned(jpeg(image), "separate"))
    save("jpeg_separate_420.jpg", scanned(jpeg(image, subsampling=2), "separate"))
    save("jpeg_separate_420_odd.jpg", scanned(jpeg(odd, subsampling=2), "separate"))
    save("jpeg_separate_chroma_first.jpg", scanned(jpeg(image, subsampling=1), "chroma_first"))
    save("jpeg_luma_apart.jpg", scanned(jpeg(image, subsampling=2), "luma_apart"))
    save("jpeg_progressive_420_odd.jpg", jpeg(odd, subsampling=2, progressive=True))
    plain = jpeg(image, keep_rgb=True)
    adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0"
    save("jpeg_rgb_adobe.jpg", plain[:2] + adobe + plain[2:])
    save("jpeg_arithmetic.jpg", tool(jpeg(image), "jpegtran", "-arithmetic"))
    save("jpeg_12bit.jpg", imagecodecs.jpeg_encode((REF16 >> 4).astype(np.uint16), level=95, bitspersample=12))
    save("jpeg_lossless.jpg", imagecodecs.ljpeg_encode(GREY8))
    ink = Image.fromarray(ink_of(EXACT), "CMYK")
    save("jpeg_cmyk_separate.jpg", tool_scans(jpeg(ink, quality=98), "0;\n1;\n2;\n3;\n"))
    fine = io.BytesIO()
    image.save(fine, "PPM")
    save("jpeg_fine_chroma.jpg", tool(fine.getvalue(), "cjpeg", "-quality", "95", "-sample", "1x1,2x2,1x1"))
    save("jpeg_fine_chroma_progressive.jpg",
         tool(fine.getvalue(), "cjpeg", "-progressive", "-quality", "95", "-sample", "1x1,2x2,1x1"))
    for name, data in (("separate", scanned(jpeg(image, subsampling=2), "separate")),
                       ("progressive", jpeg(image, progressive=True))):
        for share in (0.35, 0.6, 0.9):
            save(f"cut_{name}_{int(100 * share)}_ended.jpg", ended_early(data, share))


def write_tiff():
    def tiff(name, samples, **options):
        tifffile.imwrite(name, samples, metadata=None, **options)

    odd = REF8[:47, :61]
    rgba = np.dstack([REF8, ALPHA])
    tiff("tiff_tiled_lzw_odd.tif", odd, photometric="rgb", tile=(32, 32), compression="lzw")
    tiff("tiff_tiled_planar.tif", odd.transpose(2, 0, 1), photometric="rgb", planarconfig="separate", tile=(32, 16),
         compression="zlib", predictor=True)
    tiff("tiff_planar16_big_endian.tif", REF16.transpose(2, 0, 1), photometric="rgb", planarconfig="separate",
         byteorder=">", compression="lzw", predictor=True, rowsperstrip=5)
    tiff("tiff_strips.tif", REF8, photometric="rgb", rowsperstrip=7, compression="lzw")
    share = ALPHA[..., None] / 255
    tiff("tiff_associated.tif", np.dstack([np.rint(REF8 * share), ALPHA]).astype(np.uint8), photometric="rgb",
         extrasamples=["assocalpha"])
    share16 = np.dstack([np.rint(REF8 * 257.0 * share), ALPHA * 257.0]).astype(np.uint16)
    tiff("tiff_associated16.tif", share16, photometric="rgb", extrasamples=["assocalpha"])
    tiff("tiff_unknown_channel.tif", rgba, photometric="rgb", extrasamples=["unspecified"])
    tiff("tiff_grey_alpha.tif", np.dstack([GREY8, ALPHA]), photometric="minisblack", extrasamples=["unassalpha"])
    tiff("tiff_jpeg_ycbcr.tif", REF8, photometric="rgb", compression="jpeg", compressionargs={"level": 95}, tile=(32, 32), subsampling=(1, 1))
    tiff("tiff_jpeg_420.tif", REF8, photometric="rgb", compression="jpeg", compressionargs={"level": 95}, rowsperstrip=16)
    tables = Image.fromarray(REF8)
    tables.save("tiff_jpeg_tables.tif", compression="jpeg", quality=95)
    tiff("tiff_grey4.tif", np.rint(GREY8 / 17).astype(np.uint8), photometric="minisblack", bitspersample=4)
    tiff("tiff_grey12.tif", (GREY8.astype(np.uint16) * 257) >> 4, photometric="minisblack", bitspersample=12)
    Image.fromarray(GREY8).point(lambda v: 255 * (v > 127)).convert("1").save("tiff_bits_reversed.tif", tiffinfo={266: 2})
    ink = ink_of(EXACT)
    tiff("tiff_cmyk_icc.tif", ink, photometric="separated", iccprofile=cmyk_profile())
    tiff("tiff_cmyk16.tif", ink.astype(np.uint16) * 257, photometric="separated")
    with tifffile.TiffWriter("tiff_thumbnail_first.tif") as file:
        file.write(REF8[::4, ::4], photometric="rgb", subfiletype=1, metadata=None)
        file.write(REF8, photometric="rgb", metadata=None)
    Image.fromarray(ink_of(EXACT), "CMYK").save("tiff_jpeg_cmyk.tif", compression="jpeg", quality=98)
    Image.fromarray(rgba).save("tiff_jpeg_rgba.tif", compression="jpeg", quality=98)
    tiff("tiff_white_is_zero_alpha.tif", np.dstack([255 - GREY8, ALPHA]), photometric="miniswhite", extrasamples=["unassalpha"])
    with open("tiff_rgb.tif", "rb") as file:
        data = file.read()
    save("tiff_predictor_unused.tif", with_tag(data, 317, 2))
    save("tiff_no_byte_counts.tif", with_tag(data, 279, 0))
    save("huge_tile.tif", tile_of(14000, 32))
    tiff("tiff_lab.tif", REF8, photometric="cielab")
    tiff("tiff_zstd.tif", REF8, photometric="rgb", compression="zstd")
    for name, share in (("tiff_tiled_lzw_odd", 0.5), ("tiff_tiled_planar", 0.6), ("tiff_jpeg_ycbcr", 0.7), ("tiff_strips", 0.8)):
        with open(f"{name}.tif", "rb") as file:
            data = file.read()
        save(f"cut_{name}.tif", data[:int(len(data) * share)])
    # A strip of which half is lost inside of a whole file.
    data = bytearray(open("tiff_lzw.tif", "rb").read())
    with tifffile.TiffFile("tiff_lzw.tif") as file:
        tag = file.pages[0].tags["StripByteCounts"]
        length, at = tag.value[0], tag.valueoffset
    data[at:at + 2] = struct.pack("<H", length // 2)
    save("damaged_tiff_strip.tif", bytes(data))


def with_tag(data, wanted, value):
    """The little-endian file with one tag set, or put in the place of the unit of resolution."""
    data = bytearray(data)
    at, = struct.unpack_from("<I", data, 4)
    count, = struct.unpack_from("<H", data, at)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, = struct.unpack_from("<H", data, entry)
        if tag == wanted or (wanted == 317 and tag == 296):
            struct.pack_into("<HHII", data, entry, wanted, 4, 1, value)
            return bytes(data)
    raise ValueError(wanted)


def tile_of(side, samples):
    """A picture of 16x16 pixels in one tile of this size."""
    tag = lambda kind, value: struct.pack("<HHII", kind, 4, 1, value)
    tags = ((256, 16), (257, 16), (258, 16), (259, 5), (262, 2), (277, samples), (322, side), (323, side), (324, 8), (325, 40))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + b"".join(tag(*pair) for pair in tags) + b"\0" * 44


def sub_blocks(data):
    return b"".join(bytes([len(part)]) + part for part in (data[n:n + 255] for n in range(0, len(data), 255))) + b"\0"


def write_others():
    image = Image.fromarray(REF8).quantize(256, dither=Image.Dither.NONE)
    save_to = io.BytesIO()
    image.save(save_to, "GIF")
    still = save_to.getvalue()
    # After the screen descriptor and its 256 colours.
    at = 13 + 3 * 256
    loop = b"\x21\xff\x0bNETSCAPE2.0" + sub_blocks(b"\x01\0\0")
    save("gif_still_with_loop.gif", still[:at] + loop + still[at:])
    frames = still[at:-1]
    control = b"\x21\xf9\x04\0\x0a\0\0\0"
    frames = frames[frames.index(b"\x2c"):]
    save("gif_played_once.gif", still[:at] + control + frames + control + frames + b"\x3b")
    p3 = u8(into("p3", encoded))
    profile = matrix_profile("Display P3", "p3", "srgb")
    rows = b"".join(row[:, ::-1].tobytes() for row in p3[::-1])
    head = struct.pack("<IiiHHIIiiII", 124, 64, 48, 1, 24, 0, len(rows), 2835, 2835, 0, 0)
    head += struct.pack("<IIII", 0, 0, 0, 0) + b"DEBM" + b"\0" * 36 + b"\0" * 12
    head += struct.pack("<IIII", 4, 124 + len(rows), len(profile), 0)
    body = b"BM" + struct.pack("<IHHI", 14 + 124 + len(rows) + len(profile), 0, 0, 14 + 124) + head + rows + profile
    save("bmp_icc_p3.bmp", body)
    # A sum that does not fit the pixels, in a chunk whose own sum does.
    rows = b"".join(b"\0" + row.tobytes() for row in REF8)
    packed = bytearray(zlib.compress(rows))
    packed[-1] ^= 0xFF
    head = struct.pack(">IIBBBBB", 64, 48, 8, 2, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    save("damaged_adler.png", signature + chunk(b"IHDR", head) + chunk(b"IDAT", bytes(packed)) + chunk(b"IEND", b""))
    whole = bytearray(png(REF8, RGB, 8))
    whole[whole.index(b"IEND") - 5] ^= 0xFF
    save("damaged_crc.png", bytes(whole))


if __name__ == "__main__":
    write_jpeg()
    write_tiff()
    write_others()
