# Each target needs only python3 (3.11 or newer), make and git; `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
           --no-emit-index-url --no-emit-find-links --quiet
TEMPLATES = $$(find templates -name '*.html')
# A site as it would stand on the internet; nothing here is a secret or is connected to.
DEPLOYED := DEBUG=0 INSECURE_HTTP=0 ALLOWED_HOSTS=record.example.org \
            SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
            DATABASE_URL=postgresql://record@localhost/record REDIS_URL=redis://localhost/0

.DEFAULT_GOAL := help
.PHONY: help demo test browser valid lighthouse bench drill score check format messages requirements

help: ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

demo: .venv/.installed ## the whole site on this machine, until Ctrl-C (PORT=8000, HOST=127.0.0.1; BENCH=1: at scale)
	@$(BIN)/python -m diplomacy.demo --end-with-parent

test: .venv/.installed-dev ## all tests but the browser's, on throw-away PostgreSQL and Valkey
	$(BIN)/python -m diplomacy.translations
	$(BIN)/python -m pytest --ignore=tests/browser --ignore=tests/validity -n 2 --dist loadfile

browser: .venv/.installed-dev ## tests in a real Chromium (apt-get install chromium)
	$(BIN)/python -m diplomacy.translations
	$(BIN)/python -m pytest tests/browser -n 2 --dist worksteal

valid: .venv/.installed-dev node_modules/.installed ## HTML of every type of page (needs npm and java)
	$(BIN)/python -m diplomacy.translations
	$(BIN)/python -m pytest tests/validity

lighthouse: node_modules/.installed ## Lighthouse on a running demo (needs npm and chromium; SITE=http://127.0.0.1:8000)
	$(PYTHON) tools/lighthouse.py $(or $(SITE),http://127.0.0.1:8000)

bench: .venv/.installed-dev .venv-bench/.installed ## pages at 1,000 to 100,000 events, and polling; writes docs/performance.md
	$(BIN)/python -m diplomacy.translations
	$(BIN)/python tools/bench.py

drill: .venv/.installed ## kill worker, beat, broker and database at random; count what is lost (SEED=)
	@$(BIN)/python -m tools.drill $(if $(SEED),--seed $(SEED))

score: .venv/.installed ## how well labelled articles are read; fails below the recorded floor (FILES="a.jsonl …": others)
	$(BIN)/python tools/score.py $(FILES)

check: .venv/.installed-dev ## everything that needs no running site: lint, format, types, layers, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	INSECURE_HTTP=1 $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py lintmigrations --no-cache --quiet ok ignore --include-apps accounts events following news
	$(DEPLOYED) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/djade --target-version 5.2 --check $(TEMPLATES)
	$(BIN)/python -m diplomacy.translations --check
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

format: .venv/.installed-dev ## put code and templates into the shape that `make check` wants
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES)

messages: .venv/.installed-dev ## collect the texts to translate into locale/ (needs gettext)
	$(BIN)/python manage.py makemessages --all --no-wrap --no-obsolete --add-location file --ignore=tests --ignore=.venv --ignore=var
	$(BIN)/python -m diplomacy.translations

requirements: ## pin the newest allowed dependencies anew (needs uv)
	$(COMPILE) --upgrade -o requirements.txt
	$(COMPILE) --upgrade --extra dev -o requirements-dev.txt
	uv pip compile --group bench --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet --upgrade -o requirements-bench.txt

node_modules/.installed: package.json
	@npm install --silent --no-audit --no-fund
	@touch $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

.venv/.installed: requirements.txt | .venv/bin/pip
	@echo "Installing pinned dependencies into .venv; about a minute, once."
	@$(PIP) -r requirements.txt
	@touch $@

.venv-bench/.installed: requirements-bench.txt
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt | .venv/bin/pip
	@echo "Installing pinned dependencies and tools into .venv; about a minute, once."
	@$(PIP) -r requirements-dev.txt
	@touch .venv/.installed $@
