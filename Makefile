# `make demo` shows the whole thing, `make test` proves it. Both need Debian 12 or 13 with Python, venv, git and make,
# and nothing else: the rest is installed here, once. Stamp files keep the second run quick.
.DELETE_ON_ERROR:
# Every command here starts Python many times: as installed, so with bytecode, not compiling five hundred modules anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: demo test canaries kill-loop kill-workers fault-injection soak accessibility spreadsheets coverage bench \
	bench-scale templates pictures gallery install lock audit newest wheel try-debian try-install clean

VENV := .venv
BIN := $(VENV)/bin
# The system's own Python, 3.11 or newer; no other interpreter is fetched.
PYTHON ?= $(shell for it in python3.11 python3 python3.12 python3.13; do \
	$$it -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$it; break; }; done)
# What is used is compiled when it is first read, in half the time that compiling everything takes.
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --no-compile
# For every Python from 3.11 on and every platform at once, and nothing of this machine in it.
LOCK = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	$(if $(filter-out 0 no,$(UPGRADE)),--upgrade)
# A process of tests for each core.
SPREAD := -n auto
RELEASE ?= trixie
TARGETS ?=
TESTS ?=
SHARE ?=
UPGRADE ?=
# Of the long runs: how many kills and from which seed; which faults (ENOSPC EIO KILL), at each so many calls; how many
# families for how many minutes, and in which workspace (unstarted started).
KILLS ?= 50
SEED ?= 20261129
FAULTS ?=
EVERY ?= 1
FAMILIES ?= 10000
MINUTES ?= 10
WORKED ?= 200
STARTED ?=
KEEP ?=
# What `bench` stands beside: the last commit before notices, checks and PDFs were made faster.
SINCE ?= b4b4dff4
RELAY_PACKAGES := postfix libical3 openssl chromium
RELAY_TESTS := $(addprefix tests/interop/test_,postfix.py other_calendars.py what_comes_back.py pages_read.py pages_used.py \
	pages_served.py)
OFFICE_LIBRARIES := libjemalloc2 libeatmydata1
OFFICE_PACKAGES := libreoffice-writer-nogui python3-uno $(OFFICE_LIBRARIES) fonts-crosextra-carlito \
	fonts-liberation fonts-dejavu-core fonts-symbola

demo: $(VENV)/installed $(VENV)/office
	@$(BIN)/python -m hopdocs demo $(if $(filter-out 0 no,$(KEEP)),--keep)

test: $(VENV)/installed-dev $(VENV)/office $(VENV)/relay
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@if test -e $(VENV)/relay; then $(BIN)/pytest $(SPREAD); else \
	    echo "Left out, as they need root to install and run Postfix and Chromium: $(RELAY_TESTS)"; \
	    $(BIN)/pytest $(SPREAD) $(addprefix --ignore=,$(RELAY_TESTS)); fi

# Thousands of invented households and edits: every word of every file against an oracle of its own; minutes.
canaries: $(VENV)/installed-dev $(VENV)/office
	@$(BIN)/python -m tests.canaries $(HOUSEHOLDS)

# The watcher killed at random moments while it builds and mails: no mail twice in two ways, no wrong document. Minutes.
kill-loop: $(VENV)/installed-dev
	@$(BIN)/python -m tests.endurance.kill_loop $(KILLS) $(SEED)

# ENOSPC, EIO and a kill at each system call of a publish, a kernel's queue that runs over, and a disk that cannot list
# its folders; strace does it.
fault-injection: $(VENV)/installed-dev
	@command -v strace >/dev/null || { echo "fault-injection needs strace: apt-get install strace" >&2; exit 3; }
	@$(BIN)/python -m tests.endurance.overflow
	@$(BIN)/python -m tests.endurance.sick_disk
	@$(BIN)/python -m tests.endurance.fault_injection $(FAULTS) --every $(EVERY)

# A build on three workers of a cluster, one of which is killed, one hangs and one comes meanwhile; minutes.
kill-workers: $(VENV)/installed-dev $(VENV)/office
	@$(BIN)/python -m tests.endurance.cluster $(WORKED) $(SEED)

# An edit a second at FAMILIES for MINUTES, in a workspace that mails and in one that does not: times, memory, handles.
soak: $(VENV)/installed-dev
	@$(BIN)/python -m tests.endurance.soak $(FAMILIES) $(MINUTES) $(STARTED)

# Every kind of PDF by the rules of PDF/UA as two others have written them down; minutes, and root for Java.
accessibility: $(VENV)/installed-dev $(VENV)/office $(VENV)/pdf_checkers/installed
	@$(BIN)/python -m tests.accessibility $(VENV)/pdf_checkers

# The workbook of an investment, worked out by a spreadsheet program; root for Calc.
spreadsheets: $(VENV)/installed-dev $(VENV)/office
	@dpkg -s libreoffice-calc-nogui libreoffice-calc 2>/dev/null | grep -q '^Status: install ok' || { apt-get update -qq \
	    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui; } >/dev/null
	@$(BIN)/python -m pytest -q tests/interop/calc_investment.py

coverage: $(VENV)/installed-dev $(VENV)/office
	@$(BIN)/coverage run -m pytest
	@$(BIN)/coverage report --skip-covered --show-missing

# One table, what each figure was at the commit SINCE beside it (none with SINCE=), measured in the same way: by the
# benchmarks of today on the program of then. `bench-scale` measures what takes long.
bench bench-scale: $(VENV)/installed-dev $(VENV)/office
	@if test -n "$(SINCE)"; then rm -rf .bench/$(SINCE) && mkdir -p .bench/$(SINCE) \
	    && git archive -o .bench/$(SINCE).tar $(SINCE) && tar -xf .bench/$(SINCE).tar -C .bench/$(SINCE) \
	    && rm -r .bench/$(SINCE)/bench && cp -R bench .bench/$(SINCE)/; fi
	@$(BIN)/python -m bench $(FIGURES) $(if $(filter bench-scale,$@),--scale) \
	    $(if $(AGAINST),--against $(AGAINST),$(if $(SINCE),--beside .bench/$(SINCE)))

templates: $(VENV)/installed-dev
	@$(BIN)/python -m tools.letters

# A letter and a page, as README shows them; Chromium draws the page.
pictures: $(VENV)/installed-dev $(VENV)/office
	@command -v chromium >/dev/null || { echo "pictures need: apt-get install chromium" >&2; exit 3; }
	@$(BIN)/python -m tools.pictures

# Every letter and page that stands in a workspace's out/, to look at before and after a change: OUT=… TO=…
gallery: $(VENV)/installed-dev
	@command -v chromium >/dev/null || { echo "the gallery needs: apt-get install chromium" >&2; exit 3; }
	@$(BIN)/python -m tools.gallery $(OUT) $(TO)

install: $(VENV)/installed $(VENV)/office

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "hopdocs needs Python 3.11 or newer with venv: apt-get install python3 python3-venv" >&2; exit 3; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)

# Exactly what the lock files name, by hash; wheels only, since whatever is built here could fetch more.
$(VENV)/installed: requirements/run.txt pyproject.toml hopdocs/__init__.py | $(VENV)/bin/python
	@echo "Installing hopdocs into $(VENV)"
	@$(PIP_INSTALL) --require-hashes --only-binary :all: --requirement requirements/run.txt
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements/dev.txt $(VENV)/installed
	@echo "Installing what the tests need into $(VENV)"
	@$(PIP_INSTALL) --require-hashes --only-binary :all: --requirement requirements/dev.txt
	@touch $@

$(VENV)/pdf_checkers/installed: requirements/accessibility.txt | $(VENV)/bin/python
	@if ! { command -v javac && test -e /usr/share/java/jaxb-runtime.jar; } >/dev/null; then apt-get update -qq \
	    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jdk-headless libjaxb-java \
	    </dev/null >/dev/null; fi
	@$(PYTHON) -m venv $(VENV)/pdf_checkers
	@$(VENV)/pdf_checkers/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes \
	    --only-binary :all: --requirement requirements/accessibility.txt
	@touch $@

# Writes the lock files anew: with UPGRADE=1 the newest of everything, else only what pyproject.toml asks for.
lock: | $(VENV)/bin/python
	@$(PIP_INSTALL) --require-hashes --only-binary :all: --requirement requirements/lock.txt
	@$(LOCK) pyproject.toml --group build --output-file requirements/run.txt
	@$(LOCK) pyproject.toml --extra cluster --group build --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
	@$(LOCK) --group lock --output-file requirements/lock.txt
	@$(LOCK) --group audit --output-file requirements/audit.txt
	@$(LOCK) --group accessibility --output-file requirements/accessibility.txt

# Known holes in what is locked, of the advisories of today; that nobody could be asked is a failure too.
audit: $(VENV)/audit/installed
	@$(VENV)/audit/bin/python tools/audit.py requirements/run.txt requirements/dev.txt requirements/lock.txt requirements/audit.txt

$(VENV)/audit/installed: requirements/audit.txt | $(VENV)/bin/python
	@test -x $(VENV)/audit/bin/python || $(BIN)/python -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes \
	    --only-binary :all: --requirement requirements/audit.txt
	@touch $@

# What breaks with the newest versions that pyproject.toml allows, in an environment that goes away; TESTS= for some.
newest: $(VENV)/office | $(VENV)/bin/python
	@$(BIN)/python tools/newest.py $(TESTS)

# LibreOffice makes the PDFs. Without the right to install it, one line says what to install, and all else goes on;
# no stamp is left then, so that the next run looks again.
$(VENV)/office: | $(VENV)/bin/python
	@if command -v soffice >/dev/null && /usr/bin/python3 -c 'import uno' 2>/dev/null \
	    && [ "$$(fc-list 2>/dev/null | grep -oiE 'carlito|dejavu sans|symbola' | tr A-Z a-z | sort -u | wc -l)" = 3 ]; \
	then [ "$$(id -u)" != 0 ] || dpkg -s $(OFFICE_LIBRARIES) >/dev/null 2>&1 \
	    || apt-get install -y -qq --no-install-recommends $(OFFICE_LIBRARIES) </dev/null >/dev/null 2>&1; touch $@; \
	elif [ "$$(id -u)" = 0 ]; then $(MAKE) --no-print-directory office-install SUDO= ; \
	elif sudo -n true 2>/dev/null; then $(MAKE) --no-print-directory office-install SUDO='sudo -n' ; \
	else echo "PDFs need LibreOffice; until then Word files are made: apt-get install $(OFFICE_PACKAGES)"; fi

.PHONY: office-install
office-install:
	@echo "Installing LibreOffice and its fonts (about 90 MB, once)"
	@if $(SUDO) env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get update -qq && apt-get install -y -qq \
	    --no-install-recommends $(OFFICE_PACKAGES)' </dev/null >$(VENV)/office.log 2>&1; then touch $(VENV)/office; \
	else echo "PDFs need LibreOffice; until then Word files are made: apt-get install $(OFFICE_PACKAGES)"; fi

# A mail relay and two calendar programs of others, for the tests that send through them, and a browser with the rules
# of axe-core, for the pages. Only root may run Postfix; without root these tests are left out, and `test` says so. In CI
# a failing installation fails the run.
$(VENV)/relay: $(addprefix tests/interop/,$(addsuffix /package-lock.json,calendar_client page_reader)) | $(VENV)/bin/python
	@if [ "$$(id -u)" = 0 ]; then $(MAKE) --no-print-directory relay-install; fi

.PHONY: relay-install
relay-install:
	@if ! { command -v postfix && command -v openssl && command -v node && command -v npm && command -v chromium && ldconfig -p | grep libical.so.3; } \
	    >/dev/null 2>&1; then echo "Installing Postfix, libical and Chromium for the tests (once)"; \
	    command -v postfix >/dev/null || echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections; \
	    { apt-get update -qq && env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    $(RELAY_PACKAGES) $$(command -v node >/dev/null || echo nodejs) $$(command -v npm >/dev/null || echo npm); } \
	    </dev/null >$(VENV)/relay.log 2>&1 || { tail $(VENV)/relay.log >&2; exit 1; }; fi
	@for it in calendar_client page_reader; do mkdir -p $(VENV)/$$it && cp tests/interop/$$it/package*.json $(VENV)/$$it \
	    && npm ci --prefix $(VENV)/$$it --silent --no-audit --no-fund --ignore-scripts </dev/null || exit 1; done
	@touch $(VENV)/relay

# Both, on a Debian with nothing of ours in it: RELEASE=bookworm is 12, trixie is 13. As root; half an hour.
try-debian:
	@SHARE='$(SHARE)' KEEP='$(filter-out 0 no,$(KEEP))' $(if $(TARGETS),TARGETS='$(TARGETS)') tools/try_debian.sh $(RELEASE)

# What is shipped: the wheel, and what it needs by hash. docs/operation.md says what to do with them.
wheel: $(VENV)/installed
	@rm -rf dist
	@$(BIN)/python -m hatchling build -t wheel -d dist
	@cp requirements/run.txt dist/requirements.txt

# The commands of docs/operation.md on such a Debian, with a systemd of its own; as root, a quarter of an hour.
try-install: $(VENV)/installed
	@SHARE='$(SHARE)' KEEP='$(filter-out 0 no,$(KEEP))' $(if $(BEFORE),BEFORE='$(BEFORE)') tools/try_install.sh $(RELEASE)

clean:
	rm -rf $(VENV) out .hopdocs .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
