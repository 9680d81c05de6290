"""Files people and apps share, with what is in them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The message a file was shared with."""

    channel: str
    ts: str
    thread_ts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file from the moment its upload is announced; `content` is Base64."""

    id: str
    name: str
    user: str
    size: int
    created: int
    title: str = ""
    alt_txt: str = ""
    snippet_type: str = ""
    # The last part of the address its content is sent to; empty once it has been.
    ticket: str = ""
    content: str = ""
    is_complete: bool = False
    is_deleted: bool = False
    shares: tuple[Share, ...] = ()

    @property
    def extension(self) -> str:
        _, dot, extension = self.name.rpartition(".")
        return extension.lower() if dot else ""
