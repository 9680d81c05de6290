"""Embeds texts with all-MiniLM-L6-v2, in the worker: onnxruntime computes, nothing is fetched."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy
from tokenizers import Tokenizer

from core.ports import Vector
from storage.similarity.minilm_files import (
    EMBED,
    MOST_TOKENS,
    WEIGHTS,
    ModelFiles,
    find_folder,
    read_model,
)
from storage.similarity.remembered import Remembered
from storage.similarity.wire import Message
from storage.similarity.worker_parts import Lanes, Operation

GRAPH = Path(__file__).with_name("minilm.onnx")
MOST_CHARACTERS = 16_000
"""Far more than the tokens that are looked at; the rest would be taken apart for nothing."""


class MiniLM:
    """One text in, one vector out. Texts are never computed side by side: a vector would depend,
    in its last bits, on its neighbours, and by itself a text takes hardly longer."""

    def __init__(self, session: Any, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._places = numpy.arange(MOST_TOKENS, dtype=numpy.int64)

    def embed(self, text: str) -> Vector:
        ids = self._tokenizer.encode(text[:MOST_CHARACTERS]).ids
        tokens = numpy.array(ids, dtype=numpy.int64)
        given = {"tokens": tokens, "places": self._places[: len(tokens)]}
        (vector,) = self._session.run(["vector"], given)
        return bytes(vector.astype("<f4").tobytes())


def load(files: ModelFiles) -> MiniLM:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.add_external_initializers_from_files_in_memory(
        [WEIGHTS], [files.weights], [len(files.weights)]
    )
    session = InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_str(files.tokens.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_TOKENS)
    return MiniLM(session, tokenizer)


class ModelPart:
    """The operation that embeds; questions that were asked lately are remembered."""

    def __init__(self, model: MiniLM, lanes: Lanes) -> None:
        self._model = model
        self._lanes = lanes
        self._questions = Remembered(self._question)

    @property
    def operations(self) -> Mapping[str, Operation]:
        return {EMBED: self.embed}

    async def embed(self, request: Message) -> Message:
        embed = self._questions.vector_of if request.header["urgent"] else self._in_bulk
        return Message(payload=b"".join([await embed(text) for text in request.header["texts"]]))

    async def close(self) -> None:
        """Nothing is held that would have to be put away."""

    async def _in_bulk(self, text: str) -> Vector:
        return await self._lanes.bulk(self._model.embed, text)

    async def _question(self, text: str) -> Vector:
        return await self._lanes.urgent(self._model.embed, text)


async def open_model(lanes: Lanes) -> ModelPart:
    """Raises `NoModel`."""
    model = await lanes.urgent(_open)
    await lanes.urgent(model.embed, "The first text takes longer than the others.")
    return ModelPart(model, lanes)


def _open() -> MiniLM:
    return load(read_model(find_folder()))
