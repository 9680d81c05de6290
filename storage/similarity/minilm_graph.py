"""Writes `minilm.onnx`, the model's computation without its weights, for one text at a time.

`python -m storage.similarity.minilm_graph` does it, once for all machines; it needs `onnx`, which
only those have who develop. The weights are named by where they stand in `model.safetensors`.
There is no padding and no mask: the same text has the same vector whatever stands beside it.
"""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from onnx import TensorProto, helper

from storage.similarity.minilm_files import SIZE, WEIGHTS, find_folder

GRAPH = Path(__file__).with_name("minilm.onnx")
LAYERS = 6
HEADS = 12
OF_HEAD = SIZE // HEADS
EPSILON = 1e-12
OPSET = 20
IR_VERSION = 10
UNUSED = ("pooler.", "embeddings.position_ids")


class GraphWriter:
    """Collects nodes; each method adds one step and returns the name of what comes out."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []

    def step(self, kind: str, *inputs: str, **settings: Any) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name, **settings))
        return name

    def linear(self, value: str, of: str) -> str:
        return self.step("Gemm", value, f"{of}.weight", f"{of}.bias", transB=1)

    def normalized(self, value: str, of: str) -> str:
        return self.step(
            "LayerNormalization", value, f"{of}.weight", f"{of}.bias", axis=-1, epsilon=EPSILON
        )

    def embedded(self) -> str:
        words = self.step("Gather", "embeddings.word_embeddings.weight", "tokens")
        places = self.step("Gather", "embeddings.position_embeddings.weight", "places")
        first = self.step("Gather", "embeddings.token_type_embeddings.weight", "zero")
        added = self.step("Add", self.step("Add", words, first), places)
        return self.normalized(added, "embeddings.LayerNorm")

    def parted(self, value: str, order: tuple[int, int, int]) -> str:
        return self.step("Transpose", self.step("Reshape", value, "heads"), perm=order)

    def attended(self, value: str, layer: str) -> str:
        query, key, content = (
            self.linear(value, f"{layer}.attention.self.{part}")
            for part in ("query", "key", "value")
        )
        likeness = self.step("MatMul", self.parted(query, (1, 0, 2)), self.parted(key, (1, 2, 0)))
        weights = self.step("Softmax", self.step("Mul", likeness, "scale"), axis=-1)
        mixed = self.step("MatMul", weights, self.parted(content, (1, 0, 2)))
        joined = self.step("Reshape", self.step("Transpose", mixed, perm=(1, 0, 2)), "row")
        out = self.linear(joined, f"{layer}.attention.output.dense")
        added = self.step("Add", out, value)
        return self.normalized(added, f"{layer}.attention.output.LayerNorm")

    def layer(self, value: str, layer: str) -> str:
        attended = self.attended(value, layer)
        wide = self.step("Gelu", self.linear(attended, f"{layer}.intermediate.dense"))
        out = self.linear(wide, f"{layer}.output.dense")
        return self.normalized(self.step("Add", out, attended), f"{layer}.output.LayerNorm")

    def pooled(self, value: str) -> None:
        mean = self.step("ReduceMean", value, "first_axis", keepdims=0)
        last = helper.make_node("LpNormalization", [mean], ["vector"], "vector", axis=-1, p=2)
        self.nodes.append(last)


def described(weights: bytes) -> Mapping[str, Any]:
    """What a safetensors file has: name to shape and place, places from its beginning."""
    (length,) = struct.unpack("<Q", weights[:8])
    header: dict[str, Any] = orjson.loads(weights[8 : 8 + length])
    return {
        name: {"shape": told["shape"], "start": 8 + length + told["data_offsets"][0],
               "length": told["data_offsets"][1] - told["data_offsets"][0]}
        for name, told in sorted(header.items())
        if name != "__metadata__" and not name.startswith(UNUSED)
    }  # fmt: skip


def _elsewhere(name: str, told: Mapping[str, Any]) -> Any:
    """A tensor whose numbers stand in the file of the weights."""
    tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=told["shape"])
    tensor.data_location = TensorProto.EXTERNAL
    places = {"location": WEIGHTS, "offset": told["start"], "length": told["length"]}
    for key, value in places.items():
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def _constants() -> list[Any]:
    make = helper.make_tensor
    return [
        make("zero", TensorProto.INT64, [], [0]),
        make("first_axis", TensorProto.INT64, [1], [0]),
        make("heads", TensorProto.INT64, [3], [-1, HEADS, OF_HEAD]),
        make("row", TensorProto.INT64, [2], [-1, SIZE]),
        make("scale", TensorProto.FLOAT, [], [OF_HEAD**-0.5]),
    ]


def built(weights: bytes) -> bytes:
    writer = GraphWriter()
    value = writer.embedded()
    for number in range(LAYERS):
        value = writer.layer(value, f"encoder.layer.{number}")
    writer.pooled(value)
    tensors = [_elsewhere(name, told) for name, told in described(weights).items()]
    info = helper.make_tensor_value_info
    inputs = [info(name, TensorProto.INT64, ["length"]) for name in ("tokens", "places")]
    outputs = [info("vector", TensorProto.FLOAT, [SIZE])]
    graph = helper.make_graph(writer.nodes, "minilm", inputs, outputs, [*tensors, *_constants()])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION
    )
    return bytes(model.SerializeToString(deterministic=True))


def main() -> None:
    folder = find_folder()
    if folder is None:
        raise SystemExit("The package of the model is not installed.")
    GRAPH.write_bytes(built((folder / WEIGHTS).read_bytes()))


if __name__ == "__main__":
    main()
