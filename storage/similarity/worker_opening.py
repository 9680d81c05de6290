"""What the worker opens first: the model that embeds, and the index, each if it was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.similarity.chroma import open_index
from storage.similarity.minilm import open_model
from storage.similarity.minilm_files import NoModel
from storage.similarity.wire import Header
from storage.similarity.worker_parts import Lanes, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """`notice` says what is missing, in a sentence for people; `lanes` are where the parts work."""

    parts: Sequence[Part]
    embeds: bool
    notice: str
    lanes: Sequence[Lanes] = ()


async def open_parts(header: Header) -> Opened:
    """`model`: whether texts are embedded here. `folder`, `chroma_url`: where the index is, if
    there is one. A missing model is no reason to be without the index."""
    of_model, of_index = Lanes("model"), Lanes("index")
    model, notice = await _open_model(of_model) if header["model"] else (None, "")
    index = header["folder"] or header["chroma_url"]
    parts = [await open_index(header, of_index)] if index else []
    return Opened(
        parts=[*([model] if model else []), *parts],
        embeds=model is not None,
        notice=notice,
        lanes=(of_model, of_index),
    )


async def _open_model(lanes: Lanes) -> tuple[Part | None, str]:
    try:
        return await open_model(lanes), ""
    except NoModel as error:
        return None, str(error)
