"""The top of the tree is the table of contents, and nothing settles there by accident."""

from tests.architecture.repository import ROOT, tracked_files

TOP_LEVEL = {
    "bot", "core", "storage", "sandbox", "tests", "bench", "docs",
    "pyproject.toml", "requirements.lock", "Makefile", "manifest.yml", "Dockerfile", "compose.yml",
    "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
    ".ci",
}  # fmt: skip
USUAL_DOT_FILES = {".gitignore", ".gitattributes", ".dockerignore", ".editorconfig"}


def test_the_top_level_is_exactly_what_the_architecture_says() -> None:
    top = {name.split("/")[0] for name in tracked_files()}

    assert sorted(top - USUAL_DOT_FILES) == sorted(TOP_LEVEL)


def test_continuous_integration_is_one_executable_file() -> None:
    assert [name for name in tracked_files() if name.startswith(".ci/")] == [".ci/run"]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_what_a_machine_makes_is_not_tracked() -> None:
    made = {
        "__pycache__", ".venv", "data", "dist", "node_modules",
        ".mypy_cache", ".ruff_cache", ".pytest_cache",
    }  # fmt: skip

    assert [name for name in tracked_files() if made & set(name.split("/")[:-1])] == []
