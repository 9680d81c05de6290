"""What is installed is what was tested: the lock is complete, hashed, and bound to no place."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.repository import ROOT, tracked_files

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
JAVASCRIPT = ROOT / "tests" / "javascript"
NPM_LOCK = (JAVASCRIPT / "package-lock.json").read_text(encoding="utf-8")
PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
INDEX_HOST = re.compile(r"(pypi|pythonhosted|npmjs|debian)[.](org|com)|/simple/", re.IGNORECASE)


def _entries() -> list[str]:
    """The lock's requirements, each with the continuation lines that carry its hashes."""
    text = re.sub(r"^ *#.*\n", "", LOCK, flags=re.MULTILINE)
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def _versions() -> Mapping[str, str]:
    pins = (PINNED.match(entry) for entry in _entries())
    return {canonicalize_name(pin["name"]): pin["version"] for pin in pins if pin}


def _declared() -> list[Requirement]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(name for extra in project["project"]["optional-dependencies"].values() for name in extra),
    ]
    return [Requirement(line) for line in asked]


def test_every_line_of_the_lock_is_one_version_with_its_hashes() -> None:
    loose = [line for line in _entries() if not PINNED.match(line) or not HASH.search(line)]

    assert loose == []
    assert len(_versions()) == len(_entries())


def test_the_lock_names_no_place_to_fetch_from() -> None:
    assert [line for line in _entries() if "://" in line or " @ " in line] == []
    assert "--index-url" not in LOCK
    assert "--find-links" not in LOCK


def test_the_lock_has_everything_the_project_asks_for() -> None:
    versions = _versions()
    unmet = [
        str(wanted)
        for wanted in _declared()
        if not wanted.specifier.contains(versions.get(canonicalize_name(wanted.name), "0.dev0"))
    ]

    assert unmet == []


def test_uv_is_locked_in_the_form_the_makefile_cuts_it_out() -> None:
    cut = re.search(r"^uv==.*?# via", LOCK, flags=re.MULTILINE | re.DOTALL)

    assert cut is not None
    assert len(re.findall(r"==", cut[0])) == 1
    assert HASH.search(cut[0])


def test_every_dependency_is_accounted_for_in_the_version_that_is_locked() -> None:
    page = (ROOT / "docs/adr/0004-dependencies.md").read_text(encoding="utf-8")
    told = dict(
        re.findall(r"^\| ([a-z0-9-]+) \|.*\|.*\| (\d\S+)(?: \(.*\))? \|.*\|$", page, re.MULTILINE)
    )

    versions = _versions()

    assert told == {wanted.name: versions[canonicalize_name(wanted.name)] for wanted in _declared()}


def test_the_javascript_lock_is_hashed_and_names_no_place_to_fetch_from() -> None:
    packages = {name: one for name, one in json.loads(NPM_LOCK)["packages"].items() if name}

    assert "://" not in NPM_LOCK
    assert packages
    assert [name for name, one in packages.items() if "sha512-" not in one["integrity"]] == []


def test_every_javascript_dependency_is_accounted_for_in_the_version_that_is_locked() -> None:
    page = (ROOT / "docs/adr/0004-dependencies.md").read_text(encoding="utf-8")
    told = dict(
        re.findall(r"^\| (@[a-z/-]+) \|.*\|.*\| (\d\S+) \(.*\) \|.*\|$", page, re.MULTILINE)
    )
    asked = json.loads((JAVASCRIPT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    locked = {
        name.removeprefix("node_modules/"): one["version"]
        for name, one in json.loads(NPM_LOCK)["packages"].items()
        if name
    }

    assert told == asked == {name: locked[name] for name in asked}


def test_no_file_names_the_host_of_an_index() -> None:
    naming = [
        name
        for name in tracked_files()
        if name != "tests/architecture/test_lock.py"
        and (ROOT / name).is_file()
        and INDEX_HOST.search((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]

    assert naming == []
