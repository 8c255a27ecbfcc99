"""How long a window takes from its start until a picture is seen in it, on a screen of its own."""

import os
import shutil
import statistics
import subprocess
import time

import numpy
from PIL import ImageGrab

DISPLAY, SIZE = ":97", (1280, 800)
ROUNDS = 7
PATIENCE = 60.0
# Where to look for each pane's picture, and for a viewer's own.
PANES = [(0.22, 0.4), (0.59, 0.4)]
MIDDLE = [(0.5, 0.5)]


def is_seen(spots):
    """Whether skin is at each spot: bright, in many colours. The window is dark before."""
    for x, y in spots:
        left, top = int(x * SIZE[0]) - 40, int(y * SIZE[1]) - 40
        box = (left, top, left + 80, top + 80)
        codes = numpy.asarray(ImageGrab.grab(bbox=box, xdisplay=DISPLAY).convert("RGB"))
        if codes.mean() < 90 or len(numpy.unique(codes.reshape(-1, 3), axis=0)) < 200:
            return False
    return True


def time_of(words, spots, env):
    start = time.perf_counter()
    process = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not is_seen(spots):
            if time.perf_counter() - start > PATIENCE or process.poll() is not None:
                raise RuntimeError(f"nothing was seen of {words}")
            time.sleep(0.005)
        return 1e3 * (time.perf_counter() - start)
    finally:
        process.kill()
        process.wait()
        while is_seen(spots[:1]):
            time.sleep(0.05)


def times(diptych, a, b, folder):
    """The medians of our window with both pictures, and of a viewer with one and then the other."""
    screen = ["Xvfb", DISPLAY, "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"]
    server = subprocess.Popen(screen, stderr=subprocess.DEVNULL)
    env = dict(os.environ, DISPLAY=DISPLAY, LIBGL_ALWAYS_SOFTWARE="1")
    for name in ("CONFIG", "DATA"):
        env[f"XDG_{name}_HOME"] = str(folder / "home")
    shutil.rmtree(folder / "home", ignore_errors=True)
    time.sleep(1)
    manager = subprocess.Popen(["openbox"], env=env, stderr=subprocess.DEVNULL)
    time.sleep(1)
    ours, others = [], []
    viewer = ["feh", "--fullscreen"]
    try:
        for round_ in range(ROUNDS + 1):
            mine = time_of([diptych, a, b], PANES, env)
            other = sum(time_of([*viewer, path], MIDDLE, env) for path in (a, b))
            if round_ > 0:
                ours.append(mine)
                others.append(other)
    finally:
        manager.kill()
        server.kill()
    return statistics.median(ours), statistics.median(others)
