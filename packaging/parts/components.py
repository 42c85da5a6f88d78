"""What is linked into the extension: its licences, and a CycloneDX list of it.

    components.py licences            prints every component with its licence, and the licences' texts
    components.py sbom [FILE...]      prints CycloneDX 1.6 in JSON; FILEs are what was built, with their sums

Everything is read from Cargo.lock by way of `cargo metadata`. SOURCE_DATE_EPOCH is the time that is named.
"""

import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = "x86_64-unknown-linux-gnu"
NOTICES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT")

# Linked in besides the crates. LLVM's exception asks for no notice; they are named all the same.
RUNTIMES = [
    ("rust-std", "MIT OR Apache-2.0", "Rust's standard library"),
    ("llvm-compiler-rt", "Apache-2.0 WITH LLVM-exception", "LLVM's compiler-rt and libunwind, from zig"),
]


def metadata():
    command = ["cargo", "metadata", "--format-version=1", "--locked", f"--filter-platform={TARGET}"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def linked(data):
    """The packages that end up in the module, by id: no tests, no build scripts, no macros."""
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    own = next(id for id, package in packages.items() if package["name"] == "creators_api")
    found, waiting = {}, [own]
    while waiting:
        package = packages[waiting.pop()]
        macro = any("proc-macro" in target["kind"] for target in package["targets"])
        if package["id"] in found or macro:
            continue
        found[package["id"]] = package
        for dependency in nodes[package["id"]]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    return sorted(found.values(), key=lambda package: (package["name"], package["version"])), own


def notices(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    return [path for path in sorted(folder.iterdir()) if path.is_file() and path.name.upper().startswith(NOTICES)]


def licences(packages):
    print("What is linked into creators_api.so, and under which licences.\n")
    for package in packages:
        print(f"{package['name']} {package['version']}: {package['license']}")
    for name, licence, what in RUNTIMES:
        print(f"{name}: {licence} ({what})")
    texts = {}
    for package in packages:
        for path in notices(package):
            text = path.read_text(errors="replace").strip()
            texts.setdefault(text, []).append(f"{package['name']} {package['version']} ({path.name})")
    for text, holders in sorted(texts.items(), key=lambda entry: entry[1]):
        print("\n" + "=" * 78 + "\n" + "\n".join(holders) + "\n" + "=" * 78 + "\n\n" + text)


def component(package):
    purl = f"pkg:cargo/{package['name']}@{package['version']}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": package["name"],
        "version": package["version"],
        "licenses": [{"expression": (package["license"] or "NOASSERTION").replace("/", " OR ")}],
        "purl": purl,
    }


def sbom(packages, own, data, files):
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    time = datetime.datetime.fromtimestamp(epoch, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    refs = {package["id"]: f"pkg:cargo/{package['name']}@{package['version']}" for package in packages}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    product = component(next(package for package in packages if package["id"] == own))
    product["components"] = [
        {
            "type": "file",
            "bom-ref": pathlib.Path(name).name,
            "name": pathlib.Path(name).name,
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(pathlib.Path(name).read_bytes()).hexdigest()}],
        }
        for name in sorted(files)
    ]
    runtimes = [
        {"type": "library", "bom-ref": name, "name": name, "description": what, "licenses": [{"expression": licence}]}
        for name, licence, what in RUNTIMES
    ]
    print(json.dumps({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": time, "component": product},
        "components": [component(package) for package in packages if package["id"] != own] + runtimes,
        "dependencies": [
            {"ref": refs[id], "dependsOn": sorted(refs[d["pkg"]] for d in nodes[id]["deps"] if d["pkg"] in refs)}
            for id in sorted(refs, key=refs.get)
        ],
    }, indent=2))


def main():
    data = metadata()
    packages, own = linked(data)
    match sys.argv[1:]:
        case ["licences"]:
            licences(packages)
        case ["sbom", *files]:
            sbom(packages, own, data, files)
        case _:
            sys.exit(__doc__)


main()
