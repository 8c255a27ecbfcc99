"""Checks that every dependency may be used: its licence by deny.toml's list, its source a registry.

The same questions as `cargo deny check licenses sources`, for machines without that tool.
"""

import json
import re
import subprocess
import sys
import tomllib

OPERATORS = {"AND", "OR", "WITH", "(", ")"}


def allowed(expression, names):
    """Whether the SPDX expression can be satisfied by licences in `names` alone."""
    text = expression.replace("/", " OR ")
    text = re.sub(r"([\w.-]+) WITH ([\w.-]+)", r"\1_WITH_\2", text)
    words = []
    for token in re.findall(r"[()]|[^\s()]+", text):
        if token in OPERATORS:
            words.append(token.lower())
        else:
            words.append(str(token.replace("_WITH_", " WITH ") in names))
    return eval(" ".join(words), {"__builtins__": {}})  # only True, False, and, or, ( and )


def main():
    with open("deny.toml", "rb") as file:
        rules = tomllib.load(file)["licenses"]
    metadata = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked"],
        check=True,
        capture_output=True,
    )
    faults = []
    packages = json.loads(metadata.stdout)["packages"]
    for package in packages:
        name, licence, source = package["name"], package["license"], package["source"]
        if source is None:
            continue
        names = set(rules["allow"])
        for exception in rules.get("exceptions", []):
            if exception["name"] == name:
                names |= set(exception["allow"])
        if not licence or not allowed(licence, names):
            faults.append(f"{name}: the licence {licence} is not in deny.toml")
        if not source.startswith("registry+"):
            faults.append(f"{name}: it comes from {source}, not from the registry")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"licences and sources of {len(packages) - 1} packages: {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
