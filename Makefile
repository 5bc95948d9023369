# Woodshed's commands; "make help" lists them. Everything they need beyond Python and make is put into .venv the first time.
# Paths are relative, so that the folder may be called anything.

# Not from the environment: some shells and package managers export a HOST of their own.
HOST = 127.0.0.1
PORT ?= 8000
THREADS ?= 64

PYTHON_IN_VENV = .venv/bin/python
MANAGE = $(PYTHON_IN_VENV) manage.py
TEMPLATES = find templates lessons -name '*.html' -exec .venv/bin/djade --target-version 6.1
BROWSER = $$(sh scripts/find_chromium.sh)
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.12 --no-python-downloads --generate-hashes \
	--no-emit-index-url --no-header --upgrade

.PHONY: help run dev test lint types imports unit content check-content check-editor e2e format editor bench lighthouse screenshots fonts lock clean base-ready dev-ready frontend-ready

help: ## Say what can be made
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## /\1 /p' Makefile | awk '{ name = $$1; $$1 = ""; printf "make %-14s%s\n", name, $$0 }'

run: base-ready ## Serve the site on http://127.0.0.1:8000 (HOST= and PORT= change it)
	@HOST=$(HOST) PORT=$(PORT) THREADS=$(THREADS) sh scripts/serve.sh

dev: base-ready ## Serve it with autoreload and DEBUG, for working on the code or on lessons
	$(MANAGE) migrate --no-input --verbosity 0
	HOST=$(HOST) $(MANAGE) runserver $(HOST):$(PORT)

test: dev-ready lint types imports check-content check-editor ## Check everything: lint, types, imports, content, editor, unit, HTTP and browser tests
	@sh scripts/run_tests.sh

lint: dev-ready ## Check style, templates and migrations
	.venv/bin/ruff check --quiet
	.venv/bin/ruff format --check --quiet
	$(TEMPLATES) --check {} +
	$(MANAGE) makemigrations --check --dry-run --verbosity 0

types: dev-ready ## Check types
	.venv/bin/mypy --no-error-summary

imports: dev-ready ## Check who imports whom
	@.venv/bin/lint-imports --no-logo

check-content: dev-ready ## Check the course: structure, links, and that right answers pass and wrong ones fail
	$(MANAGE) check_content

check-editor: frontend-ready ## Check that the committed editor is what frontend/ makes
	@node frontend/build.js --check

e2e: dev-ready frontend-ready ## Only the tests in a real browser
	CHROMIUM="$(BROWSER)" $(PYTHON_IN_VENV) -m pytest -m browser

format: dev-ready ## Rewrite code and templates in the house style
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	$(TEMPLATES) {} +

editor: frontend-ready ## Make static/js/editor.js from frontend/
	@node frontend/build.js

bench: dev-ready ## Time a run and a Check beside a bare query, and a lesson's page beside an empty answer
	$(PYTHON_IN_VENV) scripts/bench.py
	$(PYTHON_IN_VENV) -m scripts.bench_pages

lighthouse: dev-ready ## Lighthouse over the shelf and a lesson
	@sh scripts/frontend_ready.sh
	@CHROMIUM="$(BROWSER)" $(PYTHON_IN_VENV) -m scripts.lighthouse

screenshots: dev-ready ## Take pictures of every state of the pages, into screenshots/
	CHROMIUM="$(BROWSER)" $(PYTHON_IN_VENV) -m scripts.screenshots

fonts: dev-ready ## Make static/fonts from the fonts that frontend/ pins
	sh scripts/frontend_ready.sh
	$(PYTHON_IN_VENV) -m scripts.fonts

lock: dev-ready ## Pin the newest versions that requirements/*.in allow, with hashes
	$(LOCK) requirements/base.in --output-file requirements/base.txt
	$(LOCK) requirements/dev.in --output-file requirements/dev.txt

clean: ## Remove what the other commands made, but not var/, which holds learners' work
	rm -rf .venv frontend/node_modules staticfiles screenshots bench.json .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

base-ready:
	@sh scripts/ready.sh base

dev-ready:
	@sh scripts/ready.sh dev

frontend-ready:
	@sh scripts/frontend_ready.sh
