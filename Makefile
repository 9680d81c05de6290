# The one door to building, running and checking Tocsin; `make help` lists what it can do.
#
# Everything that needs the virtual environment depends on $(READY), so the first command on a
# fresh clone builds `.venv` from the lock, and later ones only when the lock or pyproject changed.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# One more than processors on a small machine: many a test waits for a process, a browser or a database.
WORKERS ?= 3

# Packages come from wherever pip and uv are told to look on this machine: no file here names a place.
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench soak migrate lock clean

help: ## lists these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

run: $(READY) ## starts the demo: the bot, the sandbox workspace and sample data
	@exec $(BIN)/tocsin demo $(ARGS)

# In the order of the folders: few tests that start processes first, thousands of quick ones last, so
# that no worker waits for the other's long file at the end.
test: $(READY) ## runs the test suite (without the soak)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(READY) ## lints, checks the format, the types and the import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(READY) ## mends what the linter and the formatter can mend by themselves
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(READY) ## measures throughput, latency, start-up time and memory
	@$(BIN)/python -m bench $(ARGS)

soak: $(READY) ## kills processes at random moments, and sends the API strange requests
	@$(BIN)/python -m pytest -m soak -n 0 -s --timeout 0 $(ARGS) tests/soak

migrate: $(READY) ## brings the database schema up to date
	@$(BIN)/tocsin migrate $(ARGS)

lock: $(READY) ## writes requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(BIN)/uv pip compile pyproject.toml --extra dev --extra model --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --quiet $(ARGS) --output-file requirements.lock

clean: ## removes the virtual environment and every cache; data/ stays
	@rm -rf $(VENV) dist tests/javascript/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find bot core storage sandbox tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment that already runs is kept and brought to the lock; anything else is made anew.
# uv is installed first, by pip, from its own lines of the lock; then uv installs the rest. It does
# not read pip's settings: where packages can be had only through those, pip does it all. What the
# program loads is compiled at once, as an installed one is: without that every start takes seconds.
$(READY): requirements.lock pyproject.toml
	@if ! $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		for name in python3 python3.13 python3.12 python3.11; do \
			if $$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
			then python=$$name; break; fi; \
		done; \
		if [ -z "$${python:-}" ]; then \
			echo "Tocsin needs Python 3.11 or newer with its venv module, and none was found on the PATH." >&2; \
			echo "Install it (on Debian and Ubuntu: apt-get install python3 python3-venv) and run make again." >&2; \
			exit 2; \
		fi; \
		echo "Making $(VENV) with $$($$python --version) ..."; \
		$$python -m venv --clear $(VENV); \
	fi
	@echo "Installing what requirements.lock names ..."
	@sed -n '/^uv==/,/# via/p' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r $(VENV)/uv.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock || { \
		echo "uv could not install it; trying pip, which is slower ..."; \
		$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock; }
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -c 'import bot.cli.entry, bot.demo, storage.upgrading' \
		|| echo "It could not be compiled; every start will take some seconds more."
	@touch $@
