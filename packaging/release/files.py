"""The files of a release, as packaging/matrix.json names them.

    files.py rows                    the matrix for a workflow: one object for each file that only a release builds
    files.py check                   fails where a combination is missing or stands there twice
    files.py compare VERSION FOLDER  fails where FOLDER lacks a file of PIE's, or holds one too many
"""

import itertools
import json
import pathlib
import sys

FILES = json.loads((pathlib.Path(__file__).resolve().parents[1] / "matrix.json").read_text())["files"]
KEYS = ("php", "os", "arch", "libc", "threads")


def name(version, row):
    return f"php_creators_api-{version}_php{row['php']}-{row['arch']}-{row['os']}-{row['libc']}-{row['threads']}.zip"


def check():
    versions, threads = ("8.1", "8.2", "8.3", "8.4", "8.5", "8.6"), ("nts", "zts")
    wanted = set(itertools.product(versions, ("linux",), ("x86_64", "arm64"), ("glibc", "musl"), threads))
    wanted |= set(itertools.product(versions, ("darwin",), ("arm64",), ("bsdlibc",), threads))
    named = [tuple(row[key] for key in KEYS) for row in FILES]
    wrong = sorted(wanted ^ set(named)) + [row for row in set(named) if named.count(row) > 1]
    wrong += [row for row in FILES if row["built_by"] not in ("make dist", "make test-matrix", "release workflow")]
    if wrong:
        sys.exit(f"matrix.json: {wrong}")


def compare(version, folder):
    wanted = {name(version, row) for row in FILES}
    there = {path.name for path in pathlib.Path(folder).glob("php_creators_api-*.zip")}
    for missing in sorted(wanted - there):
        print(f"missing: {missing}")
    for unknown in sorted(there - wanted):
        print(f"in no row of the matrix: {unknown}")
    if wanted != there:
        sys.exit(1)
    print(f"{len(there)} files, as the matrix names them")


match sys.argv[1:]:
    case ["rows"]:
        print(json.dumps({"include": FILES}))
    case ["check"]:
        check()
    case ["compare", version, folder]:
        compare(version, folder)
    case _:
        sys.exit(__doc__)
