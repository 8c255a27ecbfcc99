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

from make import ALPHA, GREY8, REF8, REF16, RGB, chunk, encoded, into, jpeg, matrix_profile, png, save, u8

SCANS = {
    "separate": "0;\n1;\n2;\n",
    "chroma_first": "2;\n1;\n0;\n",
    "luma_apart": "0;\n1 2;\n",
}


def tool(data, *words):
    return subprocess.run(words, input=data, stdout=subprocess.PIPE, check=True).stdout


def scanned(data, name):
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(SCANS[name])
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
    for name, data in (("separate", scanned(jpeg(image, subsampling=2), "separate")),
                       ("progressive", jpeg(image, progressive=True))):
        for share in (0.35, 0.6, 0.9):
            save(f"cut_{name}_{int(100 * share)}_ended.jpg", ended_early(data, share))


if __name__ == "__main__":
    write_jpeg()
