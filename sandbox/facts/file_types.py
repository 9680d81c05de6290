"""What Slack calls the files it knows, by the ending of their names."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileType:
    mimetype: str
    pretty: str
    # As files.list asks for it.
    family: str = ""

    @property
    def is_text(self) -> bool:
        return self.mimetype.startswith("text/") or self.mimetype in TEXT_TYPES


TEXT_TYPES = frozenset({"application/json", "application/xml"})
BINARY = FileType("application/octet-stream", "Binary")

FILE_TYPES: Mapping[str, FileType] = {
    "csv": FileType("text/csv", "CSV"),
    "gif": FileType("image/gif", "GIF", "images"),
    "html": FileType("text/html", "HTML"),
    "jpeg": FileType("image/jpeg", "JPEG", "images"),
    "jpg": FileType("image/jpeg", "JPEG", "images"),
    "js": FileType("text/javascript", "JavaScript"),
    "json": FileType("application/json", "JSON"),
    "log": FileType("text/plain", "Plain Text"),
    "md": FileType("text/markdown", "Markdown (raw)"),
    "mp4": FileType("video/mp4", "MPEG 4 Video"),
    "pdf": FileType("application/pdf", "PDF", "pdfs"),
    "png": FileType("image/png", "PNG", "images"),
    "py": FileType("text/x-python", "Python"),
    "svg": FileType("image/svg+xml", "SVG", "images"),
    "txt": FileType("text/plain", "Plain Text"),
    "webp": FileType("image/webp", "WebP", "images"),
    "xml": FileType("application/xml", "XML"),
    "yaml": FileType("text/yaml", "YAML"),
    "yml": FileType("text/yaml", "YAML"),
    "zip": FileType("application/zip", "Zip", "zips"),
}

# What files.list may be asked for.
FAMILIES = frozenset({"all", "spaces", "snippets", "images", "gdocs", "zips", "pdfs"})

# The kinds of snippets an upload may name.
SNIPPET_TYPES = frozenset(
    {
        "auto", "c", "cpp", "csharp", "css", "csv", "diff", "dockerfile", "go", "html", "java",
        "javascript", "json", "kotlin", "lua", "markdown", "perl", "php", "powershell", "python",
        "ruby", "rust", "scala", "shell", "sql", "swift", "text", "tsv", "typescript", "xml",
        "yaml",
    }
)  # fmt: skip
