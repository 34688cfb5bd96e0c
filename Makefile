# The newcomer's two commands are `make serve` and `make test`; the rest is for those who change the project.
PYTHON ?= $(or $(shell command -v python3.11),python3)
VENV := .venv
BIN := $(VENV)/bin
export HF_HUB_OFFLINE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# A half-made .venv/bin/python would pass for a whole one.
.DELETE_ON_ERROR:
.PHONY: help install build serve test lint bench docs clean
help:  ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "certkg needs Python 3.11: '$(PYTHON)' is not on the PATH. Install it (Debian, Ubuntu: apt-get install python3.11 python3.11-venv), or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if v == (3, 11) else f"certkg needs Python 3.11, and {sys.executable} is {v[0]}.{v[1]}. Name another one: make PYTHON=/path/to/python3.11")'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3.11-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --progress-bar on --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --progress-bar on --no-deps -r requirements-dev.lock
	@touch $@

install: $(VENV)/.installed  ## make .venv with the pinned dependencies
build: $(VENV)/.installed  ## tables and ontology to graph, store, model and index, under build/
	$(BIN)/certkg build
serve: build  ## build what is not built and serve the web application (HOST, PORT)
	$(BIN)/certkg serve $(addprefix --host ,$(HOST)) $(addprefix --port ,$(PORT))
test: $(VENV)/.installed-dev build  ## all tests, fast ones first
	$(BIN)/python -m pytest -q -m "not slow"
	$(BIN)/python -m pytest -q -m slow
lint: $(VENV)/.installed-dev  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
bench: $(VENV)/.installed-dev build  ## measure build, answers and links
	$(BIN)/python -m benchmarks
docs: build  ## the ontology's pages for people, to docs/ontology/
	$(BIN)/python -m kg.docs
clean:  ## remove what is built (not .venv)
	rm -rf build
