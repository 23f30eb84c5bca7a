# Two commands set everything up: `make serve` and `make test`.
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 1
PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard i18n/*/LC_MESSAGES/messages.po))

.PHONY: serve build test exhaustive check lint i18n bench lock clean

serve: build  ## build the release from resources/ and serve it
	$(BIN)/handrail serve --host $(HOST) --port $(PORT) --workers $(WORKERS)

build: .venv/installed $(CATALOGUES)  ## compile resources/ into a release under build/
	$(BIN)/handrail build

check: .venv/installed $(CATALOGUES)  ## every problem of every record
	$(BIN)/handrail check

test: .venv/dev lint $(CATALOGUES)  ## everything that needs nothing but Python
	$(BIN)/pytest -m "not exhaustive" -n 2 --dist loadfile --no-loadscope-reorder

exhaustive: .venv/dev $(CATALOGUES)  ## the plan over all pairs of countries
	$(BIN)/pytest -m exhaustive

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/bench $(CATALOGUES)  ## search beside Datasette and FastAPI, pages beside Granian alone
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/pages.py

i18n: .venv/dev  ## extract the texts, update and compile each language
	$(BIN)/pybabel -q extract -F i18n/babel.cfg -k N_ --sort-by-file --no-wrap --no-location --project=Handrail --version=1 --copyright-holder=Handrail -o i18n/messages.pot .
	for lang in ar de es fr hi; do \
	  $(BIN)/pybabel -q update -i i18n/messages.pot -d i18n -l $$lang --no-wrap --no-fuzzy-matching --ignore-obsolete; done
	$(MAKE) --no-print-directory $(CATALOGUES)

%.mo: %.po | .venv/installed
	$(BIN)/pybabel -q compile -i $< -o $@ -l $(word 2,$(subst /, ,$<))

.venv/installed: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev: .venv/installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

.venv/bench: .venv/dev requirements-bench.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	touch $@

lock:  ## renew the locked, hashed dependencies (needs uv)
	for extra in "" -dev -bench; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-annotate --no-header --extra setup $${extra:+--extra $${extra#-} -c requirements.txt} \
	    pyproject.toml -o requirements$$extra.txt; done

clean:
	rm -rf build .venv
