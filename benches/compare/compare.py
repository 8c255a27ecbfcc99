"""Times stations in turn with the programs that people use for them now; prints medians and ratios.

Usage: compare.py DIPTYCH BENCH FOLDER [STATION...]
"""

import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import time

import anchors
import pictures
import windows

ROUNDS = 9
KERNELS = {"lanczos3": "LANCZOS4", "catmull-rom": "CUBIC", "bilinear": "LINEAR"}
# What was asked for: the most that our time may be of the other's.
SIMILARITY = {"lanczos3": 1 / 8, "catmull-rom": 1 / 4, "bilinear": 1.1}


class Served:
    """A process that does its station once for every line, and says how long it took."""

    def __init__(self, words, threads):
        env = dict(os.environ, RAYON_NUM_THREADS=str(threads))
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(words, stdin=pipe, stdout=pipe, env=env, text=True)

    def time(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline().split()[0])

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Command:
    """A whole command, timed by the clock."""

    def __init__(self, words):
        self.words = words

    def time(self):
        start = time.perf_counter()
        subprocess.run(self.words, stdout=subprocess.DEVNULL, check=True)
        return 1e3 * (time.perf_counter() - start)

    def peak(self):
        """The most memory it takes, in MB, told by a small process that starts it: ours would count too."""
        code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        found = subprocess.run([sys.executable, "-S", "-c", code, *self.words], capture_output=True, text=True)
        return int(found.stdout) * 1024 / 1e6

    def close(self):
        pass


def medians(contenders, rounds=ROUNDS):
    """The median time of each, after one that does not count."""
    times = [[] for _ in contenders]
    for round_ in range(rounds + 1):
        for contender, taken in zip(contenders, times):
            took = contender.time()
            if round_ > 0:
                taken.append(took)
    for contender in contenders:
        contender.close()
    return [statistics.median(taken) for taken in times]


def report(what, ours, other, name, most):
    ratio = ours / other
    verdict = "" if most is None else f"  asked {most:.3f}  {'ok' if ratio <= most else 'MISSED'}"
    print(f"{what:44} {ours:9.2f} ms  {name:22} {other:9.2f} ms  {ratio:6.3f}{verdict}", flush=True)


class Comparison:
    def __init__(self, diptych, bench, folder):
        self.diptych, self.bench, self.folder = diptych, bench, folder

    def ours(self, threads, *words):
        return Served([self.bench, *words], threads)

    def anchor(self, threads, *words):
        return Served([sys.executable, str(pathlib.Path(__file__).with_name("anchors.py")), str(threads), *words], threads)

    def path(self, name):
        return str(self.folder / name)

    def similarity(self):
        picture = self.path("a.png")
        for kernel, flag in KERNELS.items():
            views = [self.ours(2, "similarity", picture, kernel, light) for light in ("encoded", "linear")]
            one = self.ours(1, "similarity", picture, kernel, "encoded")
            encoded, linear, alone, other = medians([*views, one, self.anchor(2, "similarity", picture, flag)])
            name, most = f"OpenCV {flag}", SIMILARITY[kernel]
            report(f"similarity, {kernel}, encoded", encoded, other, name, most)
            report(f"similarity, {kernel}, linear light", linear, other, name, 2 * most)
            print(f"{'':44} the second thread makes it {alone / encoded:.2f} times as fast, asked 1.8")

    def spline(self):
        words = ["spline", self.path("a.png")]
        ours = self.ours(2, *words, "lanczos3", self.path("pairs.txt"))
        times = medians([ours, self.anchor(2, *words, self.path("pairs.txt"))])
        report("spline of 12 pairs, Lanczos-3, linear light", *times, "OpenCV-contrib TPS", 1 / 12)

    def decode(self):
        for file, most in (("a.png", 0.65), ("a16.png", 0.5), ("a.jpg", 1.0), ("a.webp", 1.1)):
            words = ["decode", self.path(file)]
            times = medians([self.ours(1, *words), self.anchor(1, *words)])
            report(f"decode {file}, one thread", *times, "cv2.imread", most)
        words = ["decode", self.path("a.png"), self.path("b.png")]
        times = medians([self.ours(2, *words), self.anchor(1, *words)])
        report("decode both PNGs, two threads", *times, "cv2.imread, twice", 0.35)

    def refine(self):
        ours = self.ours(2, "refine", self.path("a.png"))
        times = medians([ours, self.anchor(2, "match", self.path("a.png"))], rounds=101)
        report("refine a landmark, both ways", *times, "cv2.matchTemplate", 0.5)

    def delta_e(self):
        words = ["delta-e", self.path("noise-a.png"), self.path("noise-b.png")]
        times = medians([self.ours(2, *words), self.anchor(2, *words)])
        report("map of CIEDE2000, 1 megapixel", *times, "scikit-image", 0.1)

    def card(self):
        session = self.path("pair.diptych")
        words = ["--landmarks", self.path("landmarks.csv"), "--label-a", "Model A", "--label-b", "Model B"]
        subprocess.run([self.diptych, "new", self.path("a.png"), self.path("b.png"), "-o", session, *words], check=True)
        text = pathlib.Path(session).read_text()
        text = re.sub(r"width: 1080,(\s+)height: 1350", r"width: 2160,\1height: 2700", text)
        text = text.replace('layout: "diptych-loupes",\n        kernel', 'layout: "diptych",\n        kernel')
        pathlib.Path(session).write_text(text)
        files = {name: self.path(f"card-{name}.png") for name in ("ours", "opencv", "libvips", "imagemagick")}
        ours = Command([self.diptych, "export", session, "-o", files["ours"]])
        folder = str(self.folder)
        others = {
            "OpenCV and Pillow": (self.anchor(2, "card-opencv", folder, files["opencv"]), 0.2),
            "libvips": (self.anchor(2, "card-libvips", folder, files["libvips"]), 0.5),
            "ImageMagick": (Command([*anchors.card_imagemagick(folder), files["imagemagick"]]), 0.08),
        }
        mine, *times = medians([ours, *(contender for contender, _ in others.values())], rounds=7)
        for (name, (_, most)), other in zip(others.items(), times):
            report("card of 2160x2700 from two PNGs", mine, other, name, most)
        sizes = {name: os.path.getsize(file) for name, file in files.items()}
        print(f"{'':44} {ours.peak():.0f} MB at most, asked 220; PNG of {sizes['ours']:,} bytes", end="")
        print(f", OpenCV's {sizes['opencv']:,}: {sizes['ours'] / sizes['opencv']:.2f} of it")

    def window(self):
        mine, other = windows.times(self.diptych, self.path("a.png"), self.path("b.png"), self.folder)
        report("window with both pictures", mine, other, "feh, one and the other", 0.7)


STATIONS = ("similarity", "spline", "decode", "refine", "delta_e", "card", "window")


def main():
    diptych, bench, folder, *stations = sys.argv[1:]
    folder = pathlib.Path(folder)
    pictures.make(folder)
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    print(f"{os.cpu_count()} cores, {cpu.group(1) if cpu else platform.processor()}; pictures of 16.8 megapixels;")
    print("medians of nine and more, in turn with each other; our time, the other's, and the share")
    comparison = Comparison(os.path.abspath(diptych), bench, folder)
    for station in stations or STATIONS:
        getattr(comparison, station)()


if __name__ == "__main__":
    main()
