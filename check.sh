#!/usr/bin/env bash
# What must hold beside the tests: format, lints, documentation, licences. Continuous integration
# runs the same.
set -euo pipefail
cd "$(dirname "$0")"
cargo fmt --check
cargo clippy --all-targets --locked -- -D warnings
RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked --lib
if cargo deny --version >/dev/null 2>&1; then
  cargo deny check licenses bans sources
else
  python3 .ci/licences.py
fi
echo "check.sh: all good"
