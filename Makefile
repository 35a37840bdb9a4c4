# Everything lives in .venv and build; `make clean` leaves the checkout as it was cloned.

VENV := .venv
BIN := $(VENV)/bin
LOCK_VENV := .venv-lock

# The first Python that will do; `make PYTHON=/path/to/python3` names another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$name -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$name && break; done)

PIP_INSTALL := -m pip --disable-pip-version-check --no-input -qq install

EXAMPLE := build/example
PORT := 8000

SOURCES = $(wildcard src tests benchmarks)
HOUSE_TESTS = $(wildcard tests/architecture tests/docs)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check chromium go strace docs bench lock clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/package.stamp ## Serve the example licensee at http://localhost:8000; PORT=8001 takes another port
	@$(BIN)/meterward serve --example --home $(EXAMPLE) --port $(PORT)

test: check chromium go strace ## Check, then run every test
	$(BIN)/pytest

check: $(VENV)/dev.stamp ## Lint, formatting, types, import rules, documentation and house style
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n 0 $(HOUSE_TESTS)

docs: $(VENV)/dev.stamp ## Write anew what the documents show of the code, the law packs and the commands
	$(BIN)/python -m tests.docs.generate

bench: $(VENV)/dev.stamp ## Measure, side by side with peers
	$(BIN)/python -m benchmarks

# dev comes after the locks that it is bound to.
lock: $(LOCK_VENV)/uv.stamp ## Write requirements/*.txt anew; UPGRADE=1 takes newer versions
	@for name in base build dev lock; do \
		$(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			$(if $(UPGRADE),--upgrade) requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

clean: ## Remove everything that make and the tools made
	rm -rf $(VENV) $(LOCK_VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find $(SOURCES) -type d -name __pycache__ -prune -exec rm -rf {} +

# What Debian packs is fetched in a container, where one is root; a person is told what to type.
fetch = test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get -qq update && \
	DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(1) >/dev/null
NO_PYTHON := Meterward needs Python 3.11 or newer with venv. On Debian 12: apt-get install python3-venv
CHROMIUM := chromium fonts-dejavu-core
NO_CHROMIUM := The tests in the browser need Chromium. On Debian 12: apt-get install $(CHROMIUM)
GO := golang-go golang-golang-x-mod-dev openssl
GO_LOG := /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog
NO_STRACE := The tests that let the disk fail need strace. On Debian 12: apt-get install strace
NO_GO := The tests with verifiers that others wrote need Go, its log, and openssl. On Debian 12: apt-get install $(GO)

# Without them these tests fail; they are never skipped.
chromium:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
		{ echo "Fetching Chromium for the tests in the browser"; $(call fetch,$(CHROMIUM)); } || \
		{ echo "$(NO_CHROMIUM)" >&2; exit 1; }

go:
	@{ command -v go >/dev/null && test -d $(GO_LOG) && command -v openssl >/dev/null; } || \
		{ echo "Fetching Go and openssl for the tests with verifiers that others wrote"; $(call fetch,$(GO)); } || \
		{ echo "$(NO_GO)" >&2; exit 1; }

strace:
	@command -v strace >/dev/null || \
		{ echo "Fetching strace for the tests that let the disk fail"; $(call fetch,strace); } || \
		{ echo "$(NO_STRACE)" >&2; exit 1; }

define make_venv
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(NEW_ENOUGH)' || { echo "$(NO_PYTHON)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { $(call fetch,python3-venv); } || { echo "$(NO_PYTHON)" >&2; exit 1; }
	@rm -rf $(@D)
	@$(PYTHON) -m venv $(@D)
	@touch $@
endef

$(VENV)/made.stamp:
	$(make_venv)

$(LOCK_VENV)/made.stamp:
	$(make_venv)

$(VENV)/base.stamp: $(VENV)/made.stamp requirements/base.txt requirements/build.txt
	@echo "Installing what Meterward imports into $(VENV)"
	@$(BIN)/python $(PIP_INSTALL) --require-hashes -r requirements/base.txt -r requirements/build.txt
	@touch $@

# pip takes no checkout in hash mode, and with --no-deps there is nothing left to hash. Editable: an edit needs no reinstall.
$(VENV)/package.stamp: $(VENV)/base.stamp pyproject.toml
	@$(BIN)/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/package.stamp requirements/dev.txt
	@echo "Installing what checks and measures it"
	@$(BIN)/python $(PIP_INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

$(LOCK_VENV)/uv.stamp: $(LOCK_VENV)/made.stamp requirements/lock.txt
	@$(LOCK_VENV)/bin/python $(PIP_INSTALL) --require-hashes -r requirements/lock.txt
	@touch $@
