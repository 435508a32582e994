PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
TESTS ?= tests
# One more than there are processors: tests wait for browsers, databases and commands that they start.
WORKERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")

.DEFAULT_GOAL := help
.PHONY: help demo test check fix docs accuracy lengthy grade licenses bench wheel clean

help:  ## Show what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.ready: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

demo: $(VENV)/.installed  ## Fill a registry with this machine's Python sources; the pages are in demo/public
	$(BIN)/registry demo --out demo

test: $(VENV)/.ready  ## Run the tests; TESTS=path narrows them
	$(BIN)/python -m pytest -n $(WORKERS) $(TESTS)

check: $(VENV)/.ready  ## Lint, format, types, layers, generated pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python scripts/docs.py --check

fix: $(VENV)/.ready  ## Format, mend what a machine can mend, regenerate the pages
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python scripts/docs.py

docs: $(VENV)/.ready  ## Regenerate docs/cli.md, docs/schema.md and docs/licenses.md
	$(BIN)/python scripts/docs.py

accuracy: $(VENV)/.ready  ## Measure against known truth and write docs/accuracy.md; needs ../shared/data
	$(BIN)/python -m benchmarks.accuracy

lengthy: $(VENV)/.ready  ## Run the tests that `make test` leaves out for their length; needs ../shared/data
	$(BIN)/python -m pytest -n auto -m lengthy tests

grade: $(VENV)/.ready  ## Grade the worked example, metric by metric, into docs/grade.md; needs ../shared/data
	$(BIN)/python -m scripts.grade --example > docs/grade.md

licenses: $(VENV)/.ready  ## Count how the license names of a collection are read, into docs/license_coverage.md; needs ../shared/data
	$(BIN)/python -m scripts.license_coverage

bench: $(VENV)/.ready  ## Measure speed as ratios against peers in the same run, into docs/performance.md
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.fingerprint --write
	$(BIN)/python -m benchmarks.search --write
	$(BIN)/python -m benchmarks.ingest --write
	$(BIN)/python -m benchmarks.contributors --write
	$(BIN)/python -m benchmarks.json_reader

wheel: $(VENV)/.ready  ## Build the wheel, install it in a clean environment, use it from another folder
	rm -rf dist
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	sh scripts/try_wheel.sh $(PYTHON) dist/*.whl

clean:  ## Remove the environment, the demo and everything built
	rm -rf $(VENV) demo dist build .mypy_cache .ruff_cache .hypothesis .import_linter_cache
