# make demo   sets up and opens the board on a sample pipeline
# make test   sets up and runs the tests
# make check  format, lint, types, import rules and the same tests: what CI runs

BIN := .venv/bin
STAMP := .venv/.ready
SAMPLE ?= rep

.PHONY: help demo test check lint format bench torture pictures man clean lock

help:
	@sed -n 's/^# //p' Makefile

$(STAMP): requirements.lock pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh
	@touch $(STAMP)

demo: $(STAMP)
	@$(BIN)/review-board demo $(SAMPLE)

test: $(STAMP)
	@$(BIN)/python -m pytest

check: lint test

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	$(BIN)/python -m benchmarks

torture: $(STAMP)
	$(BIN)/python -m tests.torture

pictures: $(STAMP)
	$(BIN)/python -m docs.pictures
	$(BIN)/python -m docs.pair_transcript

man: $(STAMP)
	$(BIN)/python -m docs.man_page build/review-board.1
	@echo "see it with: man -l build/review-board.1"

lock:
	uv pip compile --universal --python-version 3.11 --group dev pyproject.toml \
		--generate-hashes --no-header -q -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
