"""Exports the sample's card in every format and reads it with another program's readers.

Copies the bundled pair and its session into a temporary folder, exports the card there as PNG, JPEG and
WebP, and reads size, colours' tag, XMP, alternative text and session hash back with Pillow and
xml.etree. Pillow is installed into a virtual environment in that folder. Usage: read_cards.py BINARY
"""

import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import venv
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "assets" / "sample"
# What the tests, built without optimisation, found right pixel by pixel.
GOLDEN = ROOT / "tests" / "golden" / "card_sample.png"
FILES = ("a.jpg", "b.jpg", "sample.diptych.ron")
CARDS = ("card.png", "small.png", "card.jpg", "card.webp")
# What Pillow says of every card, as JSON. Exif's tag 0xA001 is its colour space, 1 for sRGB.
READER = """
import hashlib, json, sys
from PIL import Image
said = {}
for path in sys.argv[1:]:
    image = Image.open(path)
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    comment = image.info.get("comment", b"")
    said[path] = {
        "format": image.format, "size": image.size, "mode": image.mode,
        "pixels": hashlib.sha256(image.convert("RGB").tobytes()).hexdigest(),
        "srgb": image.info.get("srgb"), "icc": "icc_profile" in image.info,
        "color_space": image.getexif().get_ifd(0x8769).get(0xA001),
        "software": image.info.get("Software"),
        "texts": {key: str(value) for key, value in getattr(image, "text", {}).items()},
        "comment": comment.decode("ascii"),
        "xmp": packet.decode("utf-8") if isinstance(packet, bytes) else packet,
    }
print("RESULT" + json.dumps(said))
"""
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XML = "{http://www.w3.org/XML/1998/namespace}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"


def export(binary, folder):
    """The cards, and what the program says of each."""
    for name in FILES:
        shutil.copy(SAMPLE / name, folder / name)
    reports = {}
    for name in CARDS:
        command = [binary, "export", folder / FILES[2], "-o", folder / name, "--json"]
        command += ["--optimise"] if name == "small.png" else []
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        reports[name] = json.loads(run.stdout)["files"][0]
    return reports


def read(folder):
    """What Pillow says of the cards, and the hash of the golden card's pixels."""
    home = folder / "venv"
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "Pillow"], check=True)
    command = [python, "-c", READER, *CARDS, GOLDEN]
    run = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    line = next(line for line in run.stdout.splitlines() if line.startswith("RESULT"))
    said = json.loads(line.removeprefix("RESULT"))
    return said, said.pop(str(GOLDEN))["pixels"]


def in_languages(description, name):
    """The text of a property in several languages, of which there is one."""
    (item,) = description.findall(f"{name}/{RDF}Alt/{RDF}li")
    assert item.get(f"{XML}lang") == "x-default", name
    return item.text


def check_xmp(packet, alt_text, session):
    """Whether a packet says what the card shows, where it is from and what made it."""
    root = xml.etree.ElementTree.fromstring(packet)
    (description,) = root.iter(f"{RDF}Description")
    assert in_languages(description, f"{DC}description") == alt_text, packet
    assert in_languages(description, f"{CORE}AltTextAccessibility") == alt_text, packet
    assert description.findtext(f"{XMP}CreatorTool").startswith("Diptych "), packet
    assert description.findtext(f"{DC}source") == f"Diptych session SHA-256 {session}", packet


def check(folder, reports, said, golden):
    """Whether every card is what it should be to its readers."""
    # The sample lies beside its pictures, so its hash is that of the file.
    session = hashlib.sha256((folder / FILES[2]).read_bytes()).hexdigest()
    for name, card in said.items():
        what = f"{name}: {card}"
        report = reports[name]
        assert tuple(card["size"]) == (report["width"], report["height"]) == (1080, 1350), what
        assert (folder / name).stat().st_size == report["bytes"], what
        assert report["note"] is None and card["mode"] == "RGB" and not card["icc"], what
        text = (folder / name).with_suffix(".alt.txt")
        assert text == pathlib.Path(report["alt_text"]), what
        alt_text = text.read_text(encoding="utf-8").removesuffix("\n")
        assert 0 < len(alt_text) <= 1000 and alt_text.startswith("Side-by-side comparison"), alt_text
        check_xmp(card["xmp"], alt_text, session)
        if card["format"] == "PNG":
            assert card["srgb"] == 1 and card["software"].startswith("Diptych "), what
            assert card["texts"]["Diptych session SHA-256"] == session, what
        elif card["format"] == "JPEG":
            assert card["color_space"] == 1, what
            assert card["comment"] == f"Diptych session SHA-256 {session}", what
    formats = [said[name]["format"] for name in CARDS]
    assert formats == ["PNG", "PNG", "JPEG", "WEBP"], formats
    lossless = {said[name]["pixels"] for name in ("card.png", "small.png", "card.webp")}
    assert lossless == {golden}, "lossless cards differ from each other or from the golden one"
    assert reports["small.png"]["bytes"] < reports["card.png"]["bytes"], reports


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        reports = export(binary, folder)
        check(folder, reports, *read(folder))
        print(f"read_cards.py: Pillow reads all {len(reports)} cards as they were meant")


if __name__ == "__main__":
    main()
