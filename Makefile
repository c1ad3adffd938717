# Every target sets up what it needs in .venv; nothing is assumed but git, make and a Python of 3.11 or newer.

.DEFAULT_GOAL := help
.PHONY: help demo test test-all attack coverage lint docs install sandbox contract bench release-check release clean
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# The newest Python that really runs (a version manager's stub may not).
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
# Errors only: pip's own notes and warnings are no part of the story.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
export PIP_ROOT_USER_ACTION := ignore
export ANSIBLE_HOME := $(CURDIR)/.venv/ansible
# Hundreds of processes import the same files: compile them once, and not among the sources.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/pycache
OPENAPI ?= ../shared/api/ringcentral-openapi.json
JOBS ?= 3
FILES := $(shell git ls-files -co --exclude-standard -- galaxy.yml README.md meta plugins roles playbooks requirements.txt examples)

help:
	@echo "make demo      onboard 250 people in a RingCentral sandbox, offboard three, step by step"
	@echo "make test      unit tests, and each module, role and playbook once"
	@echo "make test-all  make test, and the long tests: runs that are killed, AWX, pipelines, examples, event sources"
	@echo "make attack    1,000 short runs with random faults (ARGS='--seed 123' for one again, --runs 50)"
	@echo "make coverage  show how much of the code tests/unit and tests/direct reach"
	@echo "make lint      check style, words, spelling, types, ansible-lint, and ansible-test sanity on three versions of ansible-core (ARGS='2.16 2.21' for fewer, --without-sanity for none)"
	@echo "make docs      build the documentation site"
	@echo "make install   build the collection and install it into ./collections"
	@echo "make sandbox   run the sandbox on port 8123 (ARGS='--profile guide' and the like)"
	@echo "make bench     measure calls, minutes and limits against the sandbox (ARGS=--full for every size)"
	@echo "make contract  check modules and sandbox against RingCentral's API document (OPENAPI=path)"
	@echo "make release-check   check the release: contents, licences, changelog, Galaxy importer"
	@echo "make release VERSION=X.Y.Z   write the changelog, commit, check and tag (CONTRIBUTING.md)"
	@echo "make clean     remove what the other targets made"

.venv/.base:
	@test -n "$(PYTHON)" || { echo "No Python of 3.11 or newer was found. Name one: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv
	@touch $@

# What it takes to run the collection against the sandbox: all that `make demo` needs.
.venv/.run: .venv/.base requirements.txt tests/sandbox/requirements.txt
	@echo "Installing ansible-core, and what the collection and the sandbox need, into .venv"
	@$(PIP) install --upgrade "ansible-core>=2.16" -r requirements.txt -r tests/sandbox/requirements.txt
	@touch $@

.venv/.dev: .venv/.run requirements-dev.txt
	@echo "Installing what development needs into .venv"
	@$(PIP) install --upgrade -r requirements-dev.txt
	@mkdir -p .venv/tree/ansible_collections/itops
	@ln -sfn ../../../.. .venv/tree/ansible_collections/itops/ringcentral
	@touch $@

.venv/.installed: .venv/.run $(FILES)
	@echo "Installing the collection into ./collections"
	@rm -rf .venv/build
	@$(BIN)/ansible-galaxy collection build --output-path .venv/build >/dev/null
	@$(BIN)/ansible-galaxy collection install --force --collections-path collections .venv/build/*.tar.gz >/dev/null
	@touch $@

install: .venv/.installed

demo: .venv/.installed
	@$(BIN)/python tools/demo.py

# RingCentral's own SDKs, which judge the sandbox where Node is there.
.venv/.judges:
	@echo "Installing RingCentral's JavaScript SDKs into .venv/judges"
	@mkdir -p .venv/judges
	@npm install --silent --no-fund --no-audit --prefix .venv/judges @rc-ex/core@1 @rc-ex/ws@1 @ringcentral/sdk@5 \
		>/dev/null 2>&1 && touch $@ || echo "That needs npm and a registry; what these SDKs judge is skipped."

# The modules that set AWX up, and the lookup of HashiCorp Vault, come inside the package `ansible`.
.venv/.collections: .venv/.base
	@echo "Unpacking the collections that examples use into .venv/collections"
	@rm -rf .venv/collections
	@$(PIP) download --no-deps --dest .venv/collections "ansible==12.*"
	@$(BIN)/python -c "import glob, zipfile; package = zipfile.ZipFile(glob.glob('.venv/collections/*.whl')[0]); wanted = ('awx/awx/', 'community/hashi_vault/'); \
		package.extractall('.venv/collections', [name for name in package.namelist() \
		if name.startswith(tuple(f'ansible_collections/{one}' for one in wanted))])"
	@rm .venv/collections/*.whl
	@touch $@

# Tests are handed out one by one, so that no process is left with the long ones.
PYTEST := $(BIN)/python -m pytest -q -n $(JOBS) --maxschedchunk 1

test: .venv/.dev
	@TEST_EXAMPLES=few $(PYTEST) -m "not contract and not story" tests/integration tests/direct tests/unit $(ARGS)

test-all: .venv/.dev .venv/.judges .venv/.collections
	@$(BIN)/python -m tools.units $(JOBS)
	@$(PYTEST) -m "not contract" tests/integration tests/direct tests/unit --ignore=tests/unit/extensions \
		--ignore=tests/unit/plugins $(ARGS)  # which tools.units has run

# The first fifty are in test-all as well.
attack: .venv/.dev
	@PYTHONPATH=.venv/tree $(BIN)/python -m ansible_collections.itops.ringcentral.tests.support.attack $(ARGS)

# By layer: parts alone, modules in one process, both.
coverage: .venv/.dev
	@mkdir -p .venv/coverage
	@for layer in unit direct; do \
		COVERAGE_FILE=.venv/coverage/$$layer $(PYTEST) -m "not contract and not story" tests/$$layer \
		--cov=plugins/module_utils --cov=plugins/plugin_utils --cov-report= $(ARGS) | tail -n 1; done
	@$(BIN)/coverage combine --keep --quiet --data-file=.venv/coverage/both .venv/coverage/unit .venv/coverage/direct
	@$(BIN)/coverage report --data-file=.venv/coverage/both --skip-covered
	@for layer in unit direct both; do for room in module_utils plugin_utils; do \
		printf '%-6s  %-12s  %3d %%\n' $$layer $$room \
		"$$($(BIN)/coverage report --data-file=.venv/coverage/$$layer --include="plugins/$$room/*" --format=total)"; \
		done; done

lint: .venv/.dev
	@$(BIN)/python -m tools.lint $(ARGS)

docs: .venv/.dev
	@$(BIN)/python -m tools.docsite.build

sandbox: .venv/.run
	@echo "In another shell: . ./.sandbox.env"
	@exec $(BIN)/python tests/sandbox --time-scale 60 --env-file .sandbox.env $(ARGS)

.venv/prism/node_modules/.bin/prism:
	@command -v npm >/dev/null || { echo "make contract needs npm (Node.js 18 or newer)."; exit 1; }
	@echo "Installing the contract proxy into .venv/prism"
	@mkdir -p .venv/prism
	@npm install --silent --no-fund --no-audit --prefix .venv/prism @stoplight/prism-cli@5 >/dev/null

contract: .venv/.dev .venv/prism/node_modules/.bin/prism
	@test -f "$(OPENAPI)" || { echo "make contract needs RingCentral's API document: make contract OPENAPI=path"; exit 1; }
	@SANDBOX_PRISM=$(CURDIR)/.venv/prism/node_modules/.bin/prism SANDBOX_OPENAPI="$(abspath $(OPENAPI))" \
		$(PYTEST) -m contract tests/integration tests/direct $(ARGS)

# The importer and what else judges a release, in a venv of its own.
.venv/.release: .venv/.base requirements-release.txt
	@echo "Installing what judges a release into .venv/release"
	@$(BIN)/python -m venv .venv/release
	@.venv/release/bin/python -m pip -qq --disable-pip-version-check install --upgrade -r requirements-release.txt
	@touch $@

release-check: .venv/.dev .venv/.release
	@$(BIN)/python -m tools.release_check

release: .venv/.dev .venv/.release
	@[[ "$(VERSION)" =~ ^[0-9]+\.[0-9]+\.[0-9]+$$ ]] || { echo "make release VERSION=X.Y.Z"; exit 1; }
	@test -z "$$(git status --porcelain)" || { echo "Commit or put away what has changed first."; exit 1; }
	@sed -i 's/^version: .*/version: $(VERSION)/' galaxy.yml
	@sed -i 's|itops.ringcentral/[0-9.]* |itops.ringcentral/$(VERSION) |' plugins/module_utils/_transport/http.py
	@PATH="$(CURDIR)/$(BIN):$$PATH" antsibull-changelog release  # which asks ansible-doc
	@git add -A && git commit --quiet --message "Release $(VERSION)"
	@$(MAKE) release-check
	@git tag --annotate --message "Release $(VERSION)" $(VERSION)
	@echo "To publish: git push --follow-tags, and ansible-galaxy collection publish dist/*.tar.gz"

clean:
	@rm -rf .venv collections dist reports tests/output .ansible .sandbox.env

bench: .venv/.dev
	@$(BIN)/python tests/bench/task_cost.py
	@$(BIN)/python tests/bench/shared_budget.py
	@$(BIN)/python tests/bench/many_hosts.py
	@$(BIN)/python tests/bench/people_files.py
	@$(BIN)/python tests/bench/nothing.py
	@$(BIN)/python tests/bench/playbooks.py 10000 50000
	@$(BIN)/python tests/bench/hires.py
	@$(BIN)/python tests/bench/offboarding.py
	@$(BIN)/python tests/bench/bulk.py $(ARGS)
