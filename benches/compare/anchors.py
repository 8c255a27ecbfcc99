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


# The card of both: two panels with the same part of the face, their labels, and a line of text below. As people
# do it, B is warped onto A's pixels by the program's best kernel; of both the same part is cropped and reduced.
CARD, PANEL, TOP, LEFT, GAP = (2160, 2700), (1024, 1536), 484, 36, 40
GROUND, INK = (18, 18, 20), (240, 240, 240)
LABELS, FOOTER = ("Model A", "Model B"), "Lanczos, 0.4x, similarity fit of 11 landmarks"
# The part that Diptych shows of this pair, in A's pixels.
CORNER, CROP = (1497, 237), (2572, 3858)


def landmarks(folder):
    with open(f"{folder}/landmarks.csv") as table:
        rows = list(csv.DictReader(table))
    return [numpy.array([[float(row[s + "x"]), float(row[s + "y"])] for row in rows]) for s in "ab"]


def fit_of(folder):
    """The 2x3 matrix from B to A."""
    a, b = landmarks(folder)
    return cv2.estimateAffinePartial2D(b, a, method=cv2.LMEDS)[0]


def card_opencv(folder, output):
    from PIL import Image, ImageDraw, ImageFont

    fit, (left, top) = fit_of(folder), CORNER
    font = ImageFont.load_default(48)

    def run():
        card = Image.new("RGB", CARD, GROUND)
        draw = ImageDraw.Draw(card)
        for idx, side in enumerate("ab"):
            picture = cv2.imread(f"{folder}/{side}.png")
            if side == "b":
                size = picture.shape[1::-1]
                picture = cv2.warpAffine(picture, fit, size, flags=cv2.INTER_LANCZOS4)
            part = picture[top : top + CROP[1], left : left + CROP[0]]
            panel = cv2.resize(part, PANEL, interpolation=cv2.INTER_AREA)
            x = LEFT + idx * (PANEL[0] + GAP)
            card.paste(Image.fromarray(panel[:, :, ::-1]), (x, TOP))
            draw.text((x, 400), LABELS[idx], INK, font)
        draw.text((LEFT, 2500), FOOTER, INK, font)
        cv2.imwrite(output, numpy.asarray(card)[:, :, ::-1])

    return run


def card_libvips(folder, output):
    import pyvips

    pyvips.cache_set_max(0)
    fit, (left, top) = fit_of(folder), CORNER
    kernel = pyvips.Interpolate.new("nohalo")

    def run():
        card = pyvips.Image.black(*CARD, bands=3).copy(interpretation="srgb") + list(GROUND)
        card = card.cast("uchar")
        for idx, side in enumerate("ab"):
            picture = pyvips.Image.new_from_file(f"{folder}/{side}.png")
            if side == "b":
                (a, b, dx), (c, d, dy) = fit
                area = [0, 0, picture.width, picture.height]
                picture = picture.affine([a, b, c, d], odx=dx, ody=dy, oarea=area, interpolate=kernel)
            panel = picture.crop(left, top, *CROP).resize(PANEL[0] / CROP[0])
            x = LEFT + idx * (PANEL[0] + GAP)
            card = card.insert(panel, x, TOP)
            card = write(card, LABELS[idx], x, 400)
        write(card, FOOTER, LEFT, 2500).pngsave(output)

    def write(card, words, x, y):
        mask = pyvips.Image.text(words, dpi=300)
        ink = (mask.new_from_image(list(INK))).copy(interpretation="srgb").bandjoin(mask)
        return card.composite2(ink, "over", x=x, y=y).flatten().cast("uchar")

    return run


def card_imagemagick(folder):
    """The command's arguments but for its output."""
    fit, (left, top) = fit_of(folder), CORNER
    words = ["convert", "-size", "{}x{}".format(*CARD), "xc:rgb({},{},{})".format(*GROUND)]
    for idx, side in enumerate("ab"):
        words += ["(", f"{folder}/{side}.png"]
        if side == "b":
            (a, b, dx), (c, d, dy) = fit
            projection = ",".join(f"{v:.9f}" for v in (a, c, b, d, dx, dy))
            words += ["-filter", "Lanczos", "-virtual-pixel", "black", "-distort", "AffineProjection", projection]
        words += ["-crop", f"{CROP[0]}x{CROP[1]}+{left}+{top}", "+repage", "-resize", "{}x{}!".format(*PANEL), ")"]
        x = LEFT + idx * (PANEL[0] + GAP)
        words += ["-geometry", f"+{x}+{TOP}", "-composite", "-fill", "white", "-pointsize", "48"]
        words += ["-annotate", f"+{x}+440", LABELS[idx]]
    return words + ["-annotate", f"+{LEFT}+2540", FOOTER]


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
