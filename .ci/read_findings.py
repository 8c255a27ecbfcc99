"""Exports findings of the sample pair and reads them with the readers of other programs.

Makes a session with findings of all kinds from the bundled pair in a temporary folder, writes it as
COCO, and loads that with pycocotools, which is installed into a virtual environment there. Usage:
read_findings.py BINARY
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import venv

SAMPLE = pathlib.Path(__file__).resolve().parent.parent / "assets" / "sample"
SHAPES = [
    ("A", "A", 'Pin(460.5, 320.25)'),
    ("A", "both", 'Box(min: (700.0, 900.0), max: (760.0, 940.0))'),
    ("B", "both", 'Ellipse(min: (400.0, 330.0), max: (500.0, 400.5))'),
    ("A", "B", 'Polygon([(500.0, 500.0), (560.0, 510.0), (530.0, 580.0)])'),
    ("B", "B", 'Stroke([(600.0, 700.0), (620.0, 710.0), (640.0, 690.0)])'),
    ("A", "A", 'Stroke([(100.0, 100.0), (140.0, 100.0)])'),
    ("A", "both", 'Arrow(tail: (300.0, 300.0), tip: (340.0, 330.0))'),
    ("B", "both", 'Pin(700.0, 900.0)'),
]
# What pycocotools says of every annotation, as JSON.
READER = """
import json, sys
from pycocotools import mask
from pycocotools.coco import COCO
coco = COCO(sys.argv[1])
said = []
for annotation in coco.loadAnns(coco.getAnnIds()):
    rle = coco.annToRLE(annotation)
    pixels = coco.annToMask(annotation)
    assert int(pixels.sum()) == int(mask.area(rle))
    said.append({
        "image": annotation["image_id"], "shape": annotation["attributes"]["shape"],
        "size": list(pixels.shape), "n_pixels": int(pixels.sum()), "area": annotation["area"],
        "bbox": annotation["bbox"], "of_mask": mask.toBbox(rle).tolist(),
        "keypoints": annotation.get("keypoints"),
    })
print("RESULT" + json.dumps({"said": said, "categories": coco.loadCats(coco.getCatIds())}))
"""


def session(folder):
    """The sample's session with other findings than its own, beside its pictures."""
    for name in ("a.jpg", "b.jpg"):
        shutil.copy(SAMPLE / name, folder / name)
    text = (SAMPLE / "sample.diptych.ron").read_text(encoding="utf-8")
    text, n_own = re.subn(r"\n    findings: \[.*?\n    \],", "", text, flags=re.DOTALL)
    assert n_own == 1, "the sample's own findings are not where they were"
    findings = ",".join(
        f'(on: \'{on}\', shape: {shape}, belongs: "{belongs}", severity: 2, confidence: "clear", '
        f'code: Some((code: "TEE-A{number}", name: "Zähne {number}")), note: "a \\"note\\"")'
        for number, (on, belongs, shape) in enumerate(SHAPES, 1)
    )
    body = text.rstrip().removesuffix(")").rstrip().rstrip(",")
    path = folder / "findings.diptych.ron"
    path.write_text(f"{body},\n findings: [{findings}],\n)\n", encoding="utf-8")
    return path


def read_coco(folder, path):
    """What pycocotools says of the file."""
    home = folder / "venv"
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "pycocotools"], check=True)
    run = subprocess.run([python, "-c", READER, path], check=True, capture_output=True, text=True)
    line = next(line for line in run.stdout.splitlines() if line.startswith("RESULT"))
    return json.loads(line.removeprefix("RESULT"))


def check(said):
    """Whether masks, boxes and keypoints are where the shapes are."""
    for one in said:
        what = f"the {one['shape']} of picture {one['image']}: {one}"
        assert one["size"] == ([1536, 1536] if one["image"] == 1 else [1472, 1344]), what
        # Masks are whole pixels.
        assert one["n_pixels"] > 0, what
        assert abs(one["n_pixels"] - one["area"]) <= 0.02 * one["area"] + sum(one["bbox"][2:]) * 0.25, what
        corners = [(box[0], box[1], box[0] + box[2], box[1] + box[3]) for box in (one["bbox"], one["of_mask"])]
        assert all(abs(a - b) <= 1.0 for a, b in zip(*corners)), what
        if one["shape"] == "pin":
            x, y, seen = one["keypoints"]
            assert (one["n_pixels"], seen) == (1, 2), what
            # The keypoint counts from the middle of the first pixel, the mask from its corner.
            assert abs(x - one["of_mask"][0]) <= 0.5 and abs(y - one["of_mask"][1]) <= 0.5, what
    shown = [(one["image"], one["shape"]) for one in said]
    expected = [
        (1, "pin"), (1, "box"), (1, "ellipse"), (1, "stroke"), (1, "arrow"), (1, "pin"),
        (2, "box"), (2, "ellipse"), (2, "polygon"), (2, "stroke"), (2, "arrow"), (2, "pin"),
    ]
    # What was drawn on the other side is an outline, whatever it was drawn as.
    named = {("box", 2): "polygon", ("ellipse", 1): "polygon"}
    expected = [(image, named.get((shape, image), shape)) for image, shape in expected]
    assert shown == expected, shown
    box = next(one for one in said if one["shape"] == "box")
    assert box["of_mask"] == [700, 900, 60, 40] and box["n_pixels"] == 2400, box


def main():
    binary = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path, coco = session(folder), folder / "findings.json"
        subprocess.run([binary, "findings", "export", path, "--format", "coco", "-o", coco], check=True)
        read = read_coco(folder, coco)
        check(read["said"])
        assert [of["keypoints"] for of in read["categories"]] == [["spot"]] * len(SHAPES)
        print(f"read_findings.py: pycocotools reads all {len(read['said'])} annotations as they were meant")


if __name__ == "__main__":
    main()
