"""One station as OpenCV, scikit-image or libvips do it, made whenever a line comes in; prints the milliseconds
each time took. Usage: anchors.py THREADS STATION ARGUMENTS..., as for the bench binary."""

import csv
import os
import sys
import time

import cv2
import numpy


def rgba(path):
    return cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGBA)


def similarity(path, kernel):
    """The turn and scale of the bench binary, about the middle of the pixels' centres, into memory that is used
    again."""
    picture = rgba(path)
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -7.3, 1.27)
    matrix[:, 2] += (13.37, -8.61)
    out, flag = numpy.zeros_like(picture), getattr(cv2, f"INTER_{kernel}")
    return lambda: cv2.warpAffine(picture, matrix, (width, height), dst=out, flags=flag)


def spline(path, pairs):
    picture = rgba(path)
    points = numpy.loadtxt(pairs, dtype=numpy.float32).reshape(1, -1, 4)
    source, target = points[:, :, :2].copy(), points[:, :, 2:].copy()
    matches = [cv2.DMatch(idx, idx, 0) for idx in range(points.shape[1])]

    def run():
        warp = cv2.createThinPlateSplineShapeTransformer()
        warp.estimateTransformation(target, source, matches)
        return warp.warpImage(picture)

    return run


def decode(*paths):
    return lambda: [cv2.imread(path, cv2.IMREAD_UNCHANGED) for path in paths]


def match(path):
    """A template of 41x41 in a region of 161x161, and the highest place."""
    grey = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2GRAY)
    y, x = grey.shape[0] // 2, grey.shape[1] // 2
    region = grey[y - 80 : y + 81, x - 80 : x + 81].copy()
    template = grey[y - 20 : y + 21, x - 20 : x + 21].copy()
    return lambda: cv2.minMaxLoc(cv2.matchTemplate(region, template, cv2.TM_CCOEFF_NORMED))


def delta_e(*paths):
    from skimage.color import deltaE_ciede2000, rgb2lab

    a, b = (cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2RGB) for path in paths)
    return lambda: deltaE_ciede2000(rgb2lab(a), rgb2lab(b))


# The card of both: two panels with the same part of the face, their labels, and a line of text below.
CARD, PANEL, TOP, LEFT, GAP = (2160, 2700), (1026, 2196), 240, 36, 36
GROUND, INK = (18, 18, 20), (240, 240, 240)
LABELS, FOOTER = ("Model A", "Model B"), "Lanczos, 0.5x, similarity fit of 11 landmarks"


def landmarks(folder):
    with open(f"{folder}/landmarks.csv") as table:
        rows = list(csv.DictReader(table))
    return [numpy.array([[float(row[s + "x"]), float(row[s + "y"])] for row in rows]) for s in "ab"]


def maps(folder):
    """The 2x3 matrices from each picture to its panel: A level, B through the fit, half the size."""
    a, b = landmarks(folder)
    fit, _ = cv2.estimateAffinePartial2D(b, a, method=cv2.LMEDS)
    middle = a.mean(axis=0)
    scale = 0.5
    shift = numpy.array(PANEL) / 2 - scale * middle
    to_a = numpy.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    to_b = scale * fit
    to_b[:, 2] += shift
    return to_a, to_b


def card_opencv(folder, output):
    from PIL import Image, ImageDraw, ImageFont

    matrices = maps(folder)
    font = ImageFont.load_default(48)

    def run():
        card = Image.new("RGB", CARD, GROUND)
        draw = ImageDraw.Draw(card)
        for idx, (side, matrix) in enumerate(zip("ab", matrices)):
            picture = cv2.imread(f"{folder}/{side}.png")
            panel = cv2.warpAffine(picture, matrix, PANEL, flags=cv2.INTER_LANCZOS4)
            x = LEFT + idx * (PANEL[0] + GAP)
            card.paste(Image.fromarray(panel[:, :, ::-1]), (x, TOP))
            draw.text((x, 120), LABELS[idx], INK, font)
        draw.text((LEFT, 2500), FOOTER, INK, font)
        cv2.imwrite(output, numpy.asarray(card)[:, :, ::-1])

    return run


def card_libvips(folder, output):
    import pyvips

    pyvips.cache_set_max(0)
    matrices = maps(folder)
    kernel = pyvips.Interpolate.new("nohalo")

    def run():
        card = pyvips.Image.black(*CARD, bands=3).copy(interpretation="srgb") + list(GROUND)
        card = card.cast("uchar")
        for idx, (side, matrix) in enumerate(zip("ab", matrices)):
            picture = pyvips.Image.new_from_file(f"{folder}/{side}.png")
            (a, b, dx), (c, d, dy) = matrix
            panel = picture.affine([a, b, c, d], odx=dx, ody=dy, oarea=[0, 0, *PANEL], interpolate=kernel)
            x = LEFT + idx * (PANEL[0] + GAP)
            card = card.insert(panel, x, TOP)
            card = write(card, LABELS[idx], x, 120)
        write(card, FOOTER, LEFT, 2500).pngsave(output)

    def write(card, words, x, y):
        mask = pyvips.Image.text(words, dpi=300)
        ink = (mask.new_from_image(list(INK))).copy(interpretation="srgb").bandjoin(mask)
        return card.composite2(ink, "over", x=x, y=y).flatten().cast("uchar")

    return run


def card_imagemagick(folder):
    """The command's arguments but for its output."""
    words = ["convert", "-size", "{}x{}".format(*CARD), "xc:rgb({},{},{})".format(*GROUND)]
    for idx, (side, matrix) in enumerate(zip("ab", maps(folder))):
        (a, b, dx), (c, d, dy) = matrix
        projection = ",".join(f"{v:.9f}" for v in (a, c, b, d, dx, dy))
        viewport = "{}x{}+0+0".format(*PANEL)
        x = LEFT + idx * (PANEL[0] + GAP)
        words += ["(", f"{folder}/{side}.png", "-filter", "Lanczos", "-virtual-pixel", "transparent"]
        words += ["-define", f"distort:viewport={viewport}", "-distort", "AffineProjection", projection, ")"]
        words += ["-geometry", f"+{x}+{TOP}", "-composite", "-fill", "white", "-pointsize", "48"]
        words += ["-annotate", f"+{x}+160", LABELS[idx]]
    return words + ["-annotate", f"+{LEFT}+2540", FOOTER, "-alpha", "off"]


STATIONS = {
    "similarity": similarity,
    "spline": spline,
    "decode": decode,
    "match": match,
    "delta-e": delta_e,
    "card-opencv": card_opencv,
    "card-libvips": card_libvips,
}


def main():
    threads, station, *arguments = sys.argv[1:]
    cv2.setNumThreads(int(threads))
    os.environ["VIPS_CONCURRENCY"] = threads
    run = STATIONS[station](*arguments)
    for _ in sys.stdin:
        start = time.perf_counter()
        run()
        print(f"{1e3 * (time.perf_counter() - start):.4f}", flush=True)


if __name__ == "__main__":
    main()
