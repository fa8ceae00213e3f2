# Everything one does with Daybook from a checkout. `make` lists it.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
DEBIAN_POSTGRESQL := $(lastword $(sort $(wildcard /usr/lib/postgresql/*/bin)))
# What speaks SQL of its own: run again on the oldest PostgreSQL that Daybook supports.
DATABASE_TESTS := $(wildcard tests/config tests/database tests/security)

.PHONY: help setup demo test test-debian quick thorough faults lint screens clean browser \
	bench-access bench-audit bench-calibration bench-daily bench-signals

help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.run ## Install into .venv, with the daybook command in it
	@echo "Ready: $(BIN)/daybook"

demo: $(VENV)/.run ## Show a fictional service on this machine; Ctrl-C ends it
	@exec $(BIN)/daybook demo

test: $(VENV)/.dev browser ## Bring what the tests need, Chromium included, and run them
	$(BIN)/pytest -n 2 -m "not thorough"
	@$(if $(DEBIAN_POSTGRESQL),$(MAKE) --no-print-directory test-debian)

test-debian: $(VENV)/.dev ## Run the database tests on the system's own PostgreSQL
	DAYBOOK_PG_BIN=$(DEBIAN_POSTGRESQL) $(BIN)/pytest -n 2 -m "not thorough and not browser and not slow" $(DATABASE_TESTS)

quick: $(VENV)/.dev ## Run what ends within two minutes
	$(BIN)/pytest -n 2 -m "not slow and not browser and not thorough and not database"
	$(BIN)/pytest -n 2 tests/security/test_locks.py tests/security/test_log.py tests/security/test_two_walls.py

thorough: $(VENV)/.dev ## Run the full counts, which takes long
	$(BIN)/pytest -n 0 -m thorough
	$(BIN)/pytest -n 2 -m "not thorough and not browser and not slow" --hypothesis-profile=thorough

faults: $(VENV)/.dev ## Kill parts of a service under load 200 times, and count what was lost
	$(BIN)/python -m tests.faults

lint: $(VENV)/.dev ## Check style, types, and who imports whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	DAYBOOK_DATABASE_URL=postgresql:///none DAYBOOK_SECRET_KEY=none DAYBOOK_PLAIN_HTTP=1 $(BIN)/mypy
	$(BIN)/lint-imports

bench-access: $(VENV)/.dev ## Measure what the two walls cost on the board and on saving
	$(BIN)/python -m bench.access

bench-audit: $(VENV)/.dev ## Measure what adding to the log and checking it cost
	$(BIN)/python -m bench.audit

bench-daily: $(VENV)/.dev ## Measure the daily loop beside its peers, and as the record grows
	$(BIN)/python -m bench.daily
	$(BIN)/python -m bench.daily.board

bench-calibration: $(VENV)/.dev ## Measure how often charts name people, and what they find
	$(BIN)/python -m bench.calibration

bench-signals: $(VENV)/.dev ## Measure the numerics beside lme4 and others
	$(BIN)/python -m bench.signals

screens: $(VENV)/.dev browser ## Take pictures of the main pages into var/screens
	$(BIN)/python -m tests.screens $(if $(DOCS),docs)

clean: ## Stop this checkout's database and delete all that was made here
	-@test ! -x $(BIN)/daybook || $(BIN)/daybook db stop --delete
	@for home in $(wildcard var/*/home); do rm -rf "$$(readlink $$home)"; done
	rm -rf $(VENV) var dist test-results .*_cache .hypothesis

browser: $(VENV)/.dev
	@for name in chromium chromium-browser google-chrome; do \
		command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; apt-get update -q && \
		apt-get install -qy --no-install-recommends chromium fonts-dejavu-core; \
	else \
		$(BIN)/playwright install chromium || \
		{ echo "No Chromium was found. Install it, or Chrome, and run this again."; exit 1; }; \
	fi

# uv where it runs, pip where it does not: both take only what the locks' hashes name.
install = $(BIN)/uv pip install --quiet --python $(BIN)/python $(1) || \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(1)

$(VENV)/.uv: requirements/bootstrap.txt
	@test -n "$(PYTHON)" || { echo "Daybook needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.uv
	@echo "Installing what Daybook needs ..."
	@$(call install,--require-hashes -r requirements/run.txt)
	@$(call install,--no-deps --no-build-isolation --editable .)
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Installing what its tests need ..."
	@$(call install,--require-hashes -r requirements/dev.txt)
	@touch $@
