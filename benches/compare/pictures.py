"""The pictures that everything is timed on: the sample pair enlarged to 16.8 megapixels, with the grain of a
camera, in every format; made once."""

import csv
import pathlib

import cv2
import numpy
from PIL import Image

SIDE = 4096
SAMPLE = pathlib.Path("assets/sample")
# Pairs of the picture and of the output for the spline, near each other.
N_PAIRS = 12


def crop_of(picture):
    """The middle square and what it is enlarged by."""
    width, height = picture.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return (left, top, left + side, top + side), SIDE / side


def make_side(folder, side, seed):
    picture = Image.open(SAMPLE / f"{side}.jpg").convert("RGB")
    box, _ = crop_of(picture)
    picture = picture.crop(box).resize((SIDE, SIDE), Image.LANCZOS)
    random = numpy.random.default_rng(seed)
    codes = numpy.asarray(picture).astype(numpy.float32)
    codes = numpy.rint(codes + random.normal(0, 1.5, codes.shape))
    bgr = numpy.clip(codes, 0, 255).astype(numpy.uint8)[:, :, ::-1]
    cv2.imwrite(str(folder / f"{side}.png"), bgr)
    if side == "b":
        return
    cv2.imwrite(str(folder / "a.jpg"), bgr, [cv2.IMWRITE_JPEG_QUALITY, 92])
    cv2.imwrite(str(folder / "a.webp"), bgr, [cv2.IMWRITE_WEBP_QUALITY, 101])
    fine = bgr.astype(numpy.uint16) * 257 + random.integers(0, 128, bgr.shape, dtype=numpy.uint16)
    cv2.imwrite(str(folder / "a16.png"), numpy.minimum(fine, 65_535).astype(numpy.uint16))


def make_landmarks(folder):
    boxes = {side: crop_of(Image.open(SAMPLE / f"{side}.jpg")) for side in "ab"}
    with open(SAMPLE / "landmarks.csv") as source, open(folder / "landmarks.csv", "w") as target:
        print("name,ax,ay,bx,by", file=target)
        for row in csv.DictReader(source):
            places = []
            for side in "ab":
                (left, top, _, _), scale = boxes[side]
                places += [(float(row[side + "x"]) - left) * scale, (float(row[side + "y"]) - top) * scale]
            if all(0 <= place < SIDE for place in places):
                print(row["name"], *(f"{place:.3f}" for place in places), sep=",", file=target)


def make(folder):
    if (folder / "pairs.txt").exists():
        return
    for side, seed in (("a", 1), ("b", 2)):
        make_side(folder, side, seed)
    for name, seed in (("noise-a.png", 3), ("noise-b.png", 4)):
        codes = numpy.random.default_rng(seed).integers(0, 256, (1000, 1000, 3), dtype=numpy.uint8)
        cv2.imwrite(str(folder / name), codes)
    make_landmarks(folder)
    shifts = numpy.random.default_rng(5).normal(0, 30, (N_PAIRS, 2))
    with open(folder / "pairs.txt", "w") as target:
        for idx, (dx, dy) in enumerate(shifts):
            x, y = 400 + 1100 * (idx % 4), 500 + 1500 * (idx // 4)
            print(f"{x + dx:.3f} {y + dy:.3f} {x} {y}", file=target)
