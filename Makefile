# make run · make test · make lint · make bench   (the first two are all that a new machine needs)
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
DEVELOPED := .venv/.developed

.PHONY: install run test lint bench quality clean

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("milcoop needs Python 3.11 or newer: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

$(INSTALLED): $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEVELOPED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(INSTALLED)

run: $(INSTALLED)
	$(BIN)/milcoop serve

test: $(DEVELOPED)
	$(BIN)/python -m pytest

lint: $(DEVELOPED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEVELOPED)
	$(BIN)/python -m bench

quality: $(DEVELOPED)
	$(BIN)/python -m bench.reading.quality

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
