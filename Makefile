# The verbs of this project. `make` alone lists them.
PY ?= python3
UV := .uv/bin/uv
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON := $(PY)
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run maintain test quick check lint generated hooks briefing bench bench-exports wheelhouse clean

help: ## List the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: .venv/.ok ## Set up: own virtual environment, locked dependencies

run: .venv/.ok ## Serve the dashboard on the shipped data (ARGS="--port 8502")
	$(BIN)/shipments serve $(ARGS)

maintain: .venv/.ok ## Serve it with the editor of the data, for this machine only (ARGS="--port 8502")
	$(BIN)/shipments serve --edit $(ARGS)

test: .venv/.ok lint ## Run the whole test suite
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

quick: .venv/.ok ## Run the fast tests only (no browser)
	$(BIN)/python -m pytest -m "not browser and not slow" $(ARGS)

lint: .venv/.ok ## Style, types and the rules of the architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: .venv/.ok ## Check the data
	$(BIN)/shipments check data

hooks: .venv/.ok ## Have git check data and code before each commit
	$(BIN)/pre-commit install

generated: .venv/.ok ## Write again what is generated from the data model
	$(BIN)/shipments describe --write

briefing: .venv/.ok ## Write the standing brief in every format into build/
	mkdir -p build
	$(BIN)/shipments brief briefs/standing.toml --to build

bench: .venv/.ok ## Measure speed against floors; tables go to docs/performance.md (ARGS=--quick)
	$(BIN)/python -m benchmarks $(ARGS)

bench-exports: .venv/.ok ## Measure the time of exports, as a table
	$(BIN)/python -m benchmarks.exports

wheelhouse: $(UV) ## Pack everything that a machine without a network needs into build/
	PY="$(PY)" bash deploy/airgapped/make.sh

clean: ## Remove the virtual environment and caches
	rm -rf .venv .uv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(UV):
	$(PY) -m pip install -q --disable-pip-version-check --target .uv "uv==0.13.9"

# The second try is for networks whose certificates only the system knows.
.venv/.ok: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --quiet || $(UV) sync --frozen --quiet --system-certs
	@touch $@
