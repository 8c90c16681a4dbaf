# Thin over packaging/setup.sh. `make run` opens the desk, `make test` passes all tests.
PYTHON := .venv/bin/python
.DEFAULT_GOAL := run
# Children of the tests start twice as fast from bytecode.
export PYTHONDONTWRITEBYTECODE :=
.PHONY: setup setup-test run test check quick bench pictures soak clean

setup:
	@packaging/setup.sh run

setup-test:
	@packaging/setup.sh test

run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then exec .venv/bin/gigdesk; \
	else echo "There is no display here: showing a sample desk in words instead." && exec packaging/demo.sh; fi

quick:
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/lint-imports --verbose > /dev/null || .venv/bin/lint-imports

check: setup-test quick
	@$(PYTHON) -m pytest -q -m "not slow"

test: setup-test quick
	@$(PYTHON) -m pytest -q --durations=25

bench: setup-test
	@packaging/setup.sh bench
	@$(PYTHON) -m tests.benchmarks

pictures: setup-test
	@$(PYTHON) -m tests.pictures

soak: setup-test
	@GIGDESK_SOAK=500 $(PYTHON) -m pytest -q -m slow --timeout 0

clean:
	rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache
