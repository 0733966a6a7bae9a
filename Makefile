# Everything a newcomer does, from a bare machine on. `make help` lists it.
PYTHON ?= python3
TOOLS := .tools
UV := $(TOOLS)/bin/uv
VENV := .venv
READY := $(VENV)/.ready
OUT := out
export UV_PYTHON_DOWNLOADS := never

.PHONY: help setup system lock run test lint bench golden

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: system $(READY)  ## install what is missing; leaves .venv/bin/fuhan

system:  # the Debian packages of requirements/debian.txt: fonts and the renderer of the tests
	@sh .ci/system-packages requirements/debian.txt

$(UV): requirements/setup.txt
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --upgrade --require-hashes \
	    --target $(TOOLS) -r requirements/setup.txt
	@touch $(UV)

$(READY): $(UV) requirements/dev.txt pyproject.toml
	$(UV) venv --quiet --clear --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV)
	$(UV) pip install --quiet --python $(VENV)/bin/python --require-hashes -r requirements/dev.txt
	$(UV) pip install --quiet --python $(VENV)/bin/python --no-deps --no-build-isolation --editable .
	@touch $(READY)

lock: $(UV)  ## compile requirements/*.txt anew from pyproject.toml, with hashes, without addresses
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-header pyproject.toml -o requirements/run.txt
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-header --group dev pyproject.toml -o requirements/dev.txt
	$(UV) pip compile --quiet --upgrade --universal --generate-hashes --no-header requirements/setup.in -o requirements/setup.txt

run: setup  ## the demo: both sample letters into out/ as .docx, .pdf and page pictures
	@echo "There is no window yet: this runs the demo and leaves the letters in $(OUT)/."
	@rm -f $(OUT)/*.docx $(OUT)/*.pdf $(OUT)/*.png
	$(VENV)/bin/fuhan demo --to $(OUT)
	@sh .ci/render $(OUT)

test: setup lint  ## ruff, mypy and every test
	$(VENV)/bin/python -m pytest $(PYTEST)

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

bench: $(READY)  ## speed as ratios against a yardstick of the same run
	$(VENV)/bin/python -m tests.bench

golden: $(READY)  ## write tests/reference anew; read the diff before you commit it
	$(VENV)/bin/python -m pytest tests/desktop/letter/test_golden.py --golden
