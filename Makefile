# Everything a fresh machine needs besides python3 (3.11 or later), git and make is set up here.
#   make run     open the program on a sample (without a terminal: check it and print it)
#   make test    the quick tests
#   make test-all, check, bench, soak, schemas, docs, lock: see CONTRIBUTING.md

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SAMPLE := samples/complete/sqs-2023.yaml

# The program speaks Chinese whatever the machine's locale says.
export PYTHONUTF8 = 1
# Tests and benchmarks start the program often: it is compiled once, as for a user.
export PYTHONDONTWRITEBYTECODE =
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test test-all check format bench soak schemas docs bundle lock clean setup
.DEFAULT_GOAL := run

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "disclosure_tui needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python tools/ascii_path.py
	touch $(READY)

setup: $(READY)

run: $(READY)
	@if [ -t 0 ] && [ -t 1 ]; then \
	  $(BIN)/disclosure edit $(SAMPLE); \
	else \
	  $(BIN)/disclosure check $(SAMPLE) && $(BIN)/disclosure show $(SAMPLE); \
	fi

# Three workers on two processors: while one waits for a terminal, the others go on.
test: $(READY)
	$(BIN)/python -m pytest -q -n 3 --dist worksteal -m "not slow and not soak"

# What some longer tests compare with, where npm is there; without it they are skipped.
COMPARED := tools/other_tools/node_modules/.ready tools/accessibility/node_modules/.ready

$(COMPARED): %/node_modules/.ready: %/package-lock.json
	@if ! command -v npm > /dev/null; then echo "no npm: tests that need $* are skipped"; \
	elif npm ci --prefix $* --no-audit --no-fund --loglevel=error --fetch-retries=0; then touch $@; \
	else echo "npm ci failed: tests that need $* are skipped"; fi

test-all: $(READY) $(COMPARED)
	$(BIN)/python -m pytest -q -n 3 --dist worksteal

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/embed_core.py --check
	$(BIN)/python tools/prove_schemas.py --check
	$(BIN)/python tools/sizes.py

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)
	$(BIN)/python -m benchmarks

soak: $(READY)
	DISCLOSURE_SOAK=1 $(BIN)/python -m pytest -q -n 3 --dist worksteal -m "soak or hypothesis"

schemas: $(READY)
	$(BIN)/python tools/embed_core.py
	$(BIN)/python tools/prove_schemas.py

docs: $(READY)
	$(BIN)/python tools/reference_pages.py

# One archive for a machine without a network, in dist/. For another machine than this one:
# make bundle BUNDLE="--python 3.13 --platform manylinux_2_17_x86_64"
bundle: $(READY)
	$(BIN)/python tools/bundle/build.py $(BUNDLE)

# Needs uv on the PATH; writes the three lock files again from pyproject.toml.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet pyproject.toml --all-extras --group dev -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet pyproject.toml -o requirements/runtime.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet pyproject.toml --extra office --extra pdf -c requirements/dev.txt -o requirements/bundle.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
