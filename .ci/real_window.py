"""Drives the real window: opens two files, marks them, saves, exports, closes; then reads the files.

Needs Xvfb, openbox and xdotool. Usage: real_window.py BINARY
"""

import json
import math
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time

STEP = 0.4  # seconds between inputs; a software rasteriser needs them
PATIENCE = 60.0
SIZES = {"A": (1536, 1536), "B": (1344, 1472)}
# Spots of the sample pair, in each picture's pixels.
RIGHT_PUPIL = {"A": (484.7, 380.7), "B": (444.3, 364.7)}
LEFT_CORNER = {"A": (1041.1, 986.7), "B": (890.4, 924.4)}
OFFSET = (37, -21)  # from the pointer when 400 % is asked for to the click, in screen pixels
ZENITY = """#!/bin/sh
case "$*" in *.png*) echo "$CARD";; *) echo "$SESSION";; esac
"""


def wait_for(what, condition, process=None):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        if process is not None and process.poll() is not None:
            sys.exit(f"the window closed with status {process.returncode} before {what}")
        time.sleep(0.1)
    sys.exit(f"waited {PATIENCE:.0f} s in vain for {what}")


class Window:
    """The program in a window, its log and its pointer."""

    def __init__(self, binary, folder, files):
        self.log = folder / "log.txt"
        tools = folder / "tools"
        tools.mkdir()
        dialog = tools / "zenity"
        dialog.write_text(ZENITY)
        dialog.chmod(0o755)
        self.env = dict(
            os.environ,
            PATH=f"{tools}:{os.environ['PATH']}",
            RUST_LOG="diptych=info",
            SESSION=str(folder / "pair"),
            CARD=str(folder / "card.png"),
            XDG_CONFIG_HOME=str(folder / "config"),
            XDG_DATA_HOME=str(folder / "data"),
            LIBGL_ALWAYS_SOFTWARE="1",
        )
        self.env.pop("WAYLAND_DISPLAY", None)
        self.env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self.process = subprocess.Popen(
            [binary, *map(str, files)], env=self.env, stderr=self.log.open("w")
        )
        self.id = wait_for("a window", self.find, self.process)
        subprocess.run(["xdotool", "windowactivate", self.id], check=False)
        self.wait_log("both panes", r"pane B: ")
        self.settle()

    def find(self):
        found = subprocess.run(
            ["xdotool", "search", "--name", "Diptych"], capture_output=True, text=True
        )
        return found.stdout.split()[-1] if found.stdout.split() else None

    def wait_log(self, what, pattern):
        return wait_for(what, lambda: re.search(pattern, self.log.read_text()), self.process)

    def settle(self):
        """Until the panes have stayed where they are for a second."""
        last = None
        while last != self.log.read_text():
            last = self.log.read_text()
            time.sleep(1.0)

    def pane(self, side):
        rects = re.findall(rf"pane {side}: (\d+) (\d+) (\d+) (\d+)", self.log.read_text())
        return tuple(map(int, rects[-1]))

    def xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], check=True, timeout=20)
        time.sleep(STEP)

    def move(self, x, y):
        self.xdotool("mousemove", "--window", self.id, x, y)

    def click(self, x, y):
        self.move(x, y)
        self.xdotool("click", 1)

    def key(self, keys):
        self.xdotool("key", keys)


def fit(pane, size):
    """Screen pixels a picture pixel, and where the picture's corner is, for a whole picture."""
    x, y, width, height = pane
    scale = min(width / size[0], height / size[1])
    # The picture's corner lies on a whole screen pixel.
    # Halves go away from zero there; Python's own rounding takes them to even numbers.
    rounded = lambda value: math.floor(value + 0.5)
    left, top = (rounded((pane - scale * side) / 2) for pane, side in zip((width, height), size))
    return scale, x + left, y + top


def on_screen(pane, size, spot):
    scale, left, top = fit(pane, size)
    return round(left + scale * spot[0]), round(top + scale * spot[1])


def in_picture(pane, size, place):
    """The picture position of the middle of a screen pixel."""
    scale, left, top = fit(pane, size)
    return (place[0] - left) / scale, (place[1] - top) / scale


def mark(window):
    """Clicks two landmarks on both panes, the second at 400 %; returns what was clicked."""
    clicked = {"A": [], "B": []}
    for side in "AB":
        pane, size = window.pane(side), SIZES[side]
        place = on_screen(pane, size, RIGHT_PUPIL[side])
        window.click(*place)
        spot = in_picture(pane, size, place)
        clicked[side].append((spot, 1.0 / fit(pane, size)[0]))
    for side in "AB":
        pane, size = window.pane(side), SIZES[side]
        place = on_screen(pane, size, LEFT_CORNER[side])
        window.move(*place)
        window.key("4")
        time.sleep(1.0)
        window.click(place[0] + OFFSET[0], place[1] + OFFSET[1])
        spot = in_picture(pane, size, place)
        # The spot under the pointer is kept to within half a screen pixel at 400 %.
        clicked[side].append(((spot[0] + OFFSET[0] / 4, spot[1] + OFFSET[1] / 4), 1.0 / 4))
    return clicked


# Keys of the modes of comparison, and what the log says of each.
MODES = [
    ("w", "Wipe"),
    ("t", "Flip"),
    ("t", "Flip to [AB]"),
    ("x", "Flicker"),
    ("o", "Onion skin"),
    ("d", "Difference"),
    ("d", "(?:CIEDE2000|Lightness|RGB x4)"),
    ("d", "(?:CIEDE2000|Lightness|RGB x4)"),
    ("v", "Side by side"),
]
STALL = 3.0  # seconds a software rasteriser may take for a key


def compare(window):
    """Goes through all modes at two magnifications; none may stall the window or warn."""
    window.move(*on_screen(window.pane("A"), SIZES["A"], LEFT_CORNER["A"]))
    slowest = 0.0
    for zoom in ("f", "2"):
        window.key(zoom)
        for key, words in MODES:
            n_before = len(re.findall(rf"stage: {words}\n", window.log.read_text()))
            started = time.monotonic()
            subprocess.run(["xdotool", "key", key], check=True, timeout=20)
            wait_for(
                words,
                lambda: len(re.findall(rf"stage: {words}\n", window.log.read_text())) > n_before,
                window.process,
            )
            slowest = max(slowest, time.monotonic() - started)
            time.sleep(STEP)
    assert slowest < STALL, f"a mode took {slowest:.1f} s"
    loud = re.findall(r".*(?:WARN|ERROR) +diptych.*", window.log.read_text())
    assert not loud, loud
    print(f"real window: all modes of comparison, none slower than {slowest:.2f} s, no warnings")


def judge(window):
    """Draws a box and a pin, names them by typing, answers nothing; both reach the session."""
    window.key("r")
    time.sleep(STEP)
    pane = window.pane("A")
    x, y = pane[0] + pane[2] // 3, pane[1] + pane[3] // 3
    window.move(x, y)
    window.xdotool("mousedown", 1)
    for step in (20, 50, 80):
        window.move(x + step, y + step)
        time.sleep(STEP)
    window.xdotool("mouseup", 1)
    window.wait_log("a finding", r"finding 1 drawn: box on A")
    name(window, "teeth mer", "TEE-A3")
    window.key("p")
    time.sleep(STEP)
    pane = window.pane("B")
    window.click(pane[0] + pane[2] // 2, pane[1] + pane[3] // 4)
    window.wait_log("a finding", r"finding 2 drawn: pin on B")
    name(window, "pores", "SKI-")
    loud = re.findall(r".*(?:WARN|ERROR) +diptych.*", window.log.read_text())
    assert not loud, loud
    print("real window: two findings drawn and named")


def name(window, typed, code):
    """Types what a finding is into the field that has the keyboard."""
    time.sleep(5 * STEP)
    window.xdotool("type", "--delay", 60, typed)
    time.sleep(5 * STEP)
    window.key("Return")
    window.wait_log(f"the name {typed}", rf"finding named: {code}")


def check_findings(session):
    text = session.read_text()
    assert "TEE-A3" in text and "Pin(" in text and "SKI-" in text, "findings in the session"


def check_session(binary, path, clicked):
    report = subprocess.run(
        [binary, "align", str(path), "--json"], check=True, capture_output=True, text=True
    )
    report = json.loads(report.stdout)
    assert report["model"] == "similarity" and report["n_pairs"] == 2, report
    for idx, landmark in enumerate(report["landmarks"]):
        for side in "AB":
            spot, screen_pixel = clicked[side][idx]
            found = landmark[side.lower()]
            for wanted, value in zip(spot, found):
                error = abs(wanted - value) / screen_pixel
                assert error <= 1.0, f"{landmark['name']} {side}: {error:.2f} screen pixels off"
    print("real window: 4 marks within one screen pixel, the fit is", report["model"])


def check_card(binary, session, card):
    header = card.read_bytes()[:24]
    size = struct.unpack(">II", header[16:24])
    assert size == (1080, 1350), size
    again = card.with_name("again.png")
    report = subprocess.run(
        [binary, "export", str(session), "-o", str(again), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    scene = json.loads(report.stdout)["scene"]
    kinds = [item["item"] for item in scene]
    assert kinds.count("panel") == 2 and kinds.count("label") == 2, kinds
    assert kinds.count("loupe") == 8 and "footer" in kinds, kinds
    assert again.read_bytes() == card.read_bytes(), "window and command line differ"
    print("real window: the card is 1080x1350 and the same bytes as the command line's")


def start_display():
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    number = os.read(read, 16).decode().strip()
    os.environ["DISPLAY"] = f":{number}"
    manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    time.sleep(1.0)
    return [manager, server]


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    helpers = start_display()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            files = [folder / "first.jpg", folder / "second.jpg"]
            for file, source in zip(files, ("a.jpg", "b.jpg")):
                shutil.copy(pathlib.Path("assets/sample") / source, file)
            drive(binary, folder, files)
    finally:
        for helper in helpers:
            helper.terminate()


def drive(binary, folder, files):
    window = Window(binary, folder, files)
    try:
        clicked = mark(window)
        window.wait_log("the fit", r"fit done: similarity")
        compare(window)
        judge(window)
        session, card = folder / "pair.diptych.ron", folder / "card.png"
        window.key("ctrl+s")
        wait_for("the session file", session.exists, window.process)
        window.key("ctrl+e")
        wait_for("the card", card.exists, window.process)
        time.sleep(1.0)
        window.key("ctrl+q")
        status = window.process.wait(timeout=PATIENCE)
        assert status == 0, f"the window closed with status {status}"
        check_session(binary, session, clicked)
        check_findings(session)
        check_card(binary, session, card)
    except BaseException:
        print(window.log.read_text(), file=sys.stderr)
        raise
    finally:
        window.process.kill()


if __name__ == "__main__":
    main()
