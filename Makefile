# Needs python3 (3.11 to 3.13), make and git, and nothing else: everything besides is installed into .venv.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
ONLY ?=
BIN := .venv/bin
UV := $(BIN)/uv pip
CATALOGUES := $(wildcard lotsen/locale/*/LC_MESSAGES/*.po)
# What an installation for the public would set: `check --deploy` judges by it.
PRODUCTION := LOTSEN_HTTPS=1 LOTSEN_DEBUG=0 LOTSEN_HOSTS=lotsen.example LOTSEN_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(32))')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo run test night check fix messages bench lock

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s%s\n", $$1, $$2 }' Makefile

install: .venv/installed .venv/catalogues ## Make .venv and install what requirements.lock names
	@:

.venv/installed: requirements.lock pyproject.toml
	@PYTHON='$(PYTHON)' .ci/venv
	@# uv itself comes by pip, with the version and the hashes of the lock; uv then installs the rest.
	@awk '/^uv==/ { on = 1 } on { print } on && !/\\$$/ { exit }' requirements.lock >.venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.lock
	@$(UV) sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(UV) install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/catalogues: .venv/installed $(CATALOGUES)
	@$(BIN)/python -m lotsen.core.messages compile
	@touch $@

demo: install ## Run Lotsen with made-up people on http://localhost:8000 (PORT=... for another port)
	@PORT=$(PORT) $(BIN)/lotsen demo

run: install ## Run the server for development, on the same database as the demo
	@LOTSEN_DEBUG=1 $(BIN)/lotsen runserver $(PORT)

test: install ## Run the tests on all cores (ARGS='-k case' for some of them)
	@tests/setup
	@$(BIN)/pytest -n auto $(ARGS)

night: install ## Attack every address for hours: property tests with a hundred times as many examples
	@tests/setup
	@HYPOTHESIS_PROFILE=night $(BIN)/pytest -n auto tests/security tests/core $(ARGS)

check: install ## Look at everything that no test runs: format, lint, types, borders, migrations, catalogues
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive --severity-level medium lotsen config bench
	@$(BIN)/djlint --lint --quiet lotsen/templates
	@$(BIN)/lotsen makemigrations --check --dry-run
	@$(BIN)/python -m lotsen.core.messages check
	@$(PRODUCTION) $(BIN)/lotsen check --deploy --fail-level WARNING

fix: install ## Format everything, and mend what can be mended without a person
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

messages: install ## Take new texts into the message catalogues, and compile them
	@$(BIN)/python -m lotsen.core.messages update
	@$(BIN)/python -m lotsen.core.messages compile

bench: install ## Print the figures that we hold ourselves to (ONLY=name for some of them)
	@$(BIN)/python -m bench $(ONLY)

lock: install ## Write requirements.lock after a change of pyproject.toml (ARGS=--upgrade: newest versions)
	@$(UV) compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header $(ARGS) \
		--group dev pyproject.toml --output-file requirements.lock
