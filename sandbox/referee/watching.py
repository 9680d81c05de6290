"""Everything the referee watches beside single calls, as one thing to start and stop."""

from sandbox.referee.acks import AckWatch
from sandbox.referee.crowding import CrowdWatch
from sandbox.referee.hosts import HostWatch
from sandbox.referee.logs import LogWatch
from sandbox.referee.repetition import RepetitionWatch
from sandbox.world import World


class Referee:
    """Listens to the workspace and the journal, and when asked to logs and connections."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._acks = AckWatch(world)
        self._crowds = CrowdWatch(world)
        self._repetitions = RepetitionWatch(world)
        self._logs = LogWatch(world)
        self._hosts = HostWatch(world)

    def listen(self) -> None:
        for listener in (self._crowds.hear_change, self._repetitions.hear_change):
            self._world.workspace.listen(listener)
        for hearer in (self._acks.hear_entry, self._repetitions.hear_entry):
            self._world.journal.listen(hearer)

    def watch_process(self) -> None:
        """The app lives in this process: look at its log and its connections as well."""
        self._logs.open()
        self._hosts.open()

    def close(self) -> None:
        self._logs.close()
        self._hosts.close()

    def reset(self) -> None:
        self._acks.reset()
        self._crowds.reset()
        self._repetitions.reset()
        self._world.typed_syntax.clear()
