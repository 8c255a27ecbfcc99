#!/usr/bin/env bash
# Times Diptych beside OpenCV, scikit-image, libvips and ImageMagick at every station of the way from two
# files to a card, on the same pictures and processor cores, in turn. Installs what it needs from Debian's and
# Python's registries; takes about ten minutes. Arguments are the stations to time, all unless named.
set -euo pipefail
cd "$(dirname "$0")/.."

packages="imagemagick xvfb openbox feh libgl1-mesa-dri libgl1 libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0"
if ! dpkg -s $packages >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi
folder="${CARGO_TARGET_DIR:-target}/compare"
if [ ! -x "$folder/python/bin/python" ]; then
  python3 -m venv "$folder/python"
  "$folder/python/bin/pip" install -q numpy opencv-contrib-python-headless Pillow scikit-image pyvips pyvips-binary
fi
cargo build -q --release --locked --bin diptych
bench=$(cargo bench -q --locked --bench stations --no-run --message-format json |
  python3 -c 'import json, sys
for line in sys.stdin:
    found = json.loads(line)
    if found.get("executable") and found["target"]["name"] == "stations":
        print(found["executable"])')
"$folder/python/bin/python" benches/compare/compare.py target/release/diptych "$bench" "$folder" "$@"
