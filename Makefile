# Everything a newcomer does, from a bare machine on. `make help` lists it.
PYTHON ?= python3
TOOLS := .tools
UV := $(TOOLS)/bin/uv
VENV := .venv
READY := $(VENV)/.ready
OUT := out
OFFSCREEN := QT_LOGGING_RULES=default.warning=false QT_QPA_PLATFORM=offscreen:configfile=.ci/screen.json
export UV_PYTHON_DOWNLOADS := never

.PHONY: help setup system lock run demo test lint bench faults returns golden bundle shots

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: system $(READY)  ## install what is missing; leaves .venv/bin/fuhan

system:  # the Debian packages of requirements/debian.txt
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

run: setup  ## the window; where there is no display, says so and runs the demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" != Linux ]; then $(VENV)/bin/fuhan; else \
	    echo "There is no display here: the letters and a picture of the window go into $(OUT)/."; \
	    $(MAKE) --no-print-directory demo; fi

demo: setup  ## both sample letters into out/ as .docx, .pdf and page pictures, the window as a picture
	@rm -f $(OUT)/*.docx $(OUT)/*.pdf $(OUT)/*.png
	$(VENV)/bin/fuhan demo --to $(OUT)
	@library=$$(mktemp -d) && trap 'rm -rf "$$library"' EXIT && \
	    $(VENV)/bin/fuhan --data "$$library" import resources/samples/*.json >/dev/null && \
	    $(OFFSCREEN) $(VENV)/bin/fuhan --data "$$library" --shot $(OUT)/window.png && \
	    echo "$(OUT)/window.png"

test: setup lint  ## ruff, mypy and every test
	$(VENV)/bin/python -m pytest $(PYTEST)

lint: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

bench: $(READY)  ## speed as ratios against a yardstick of the same run
	QT_LOGGING_RULES=default.warning=false $(VENV)/bin/python -m tests.bench

faults: $(READY)  ## the long loops of the eight promises in full; prints the table of the README
	QT_QPA_PLATFORM=offscreen QT_LOGGING_RULES=default.warning=false $(VENV)/bin/python -m tests.faults

returns: $(READY)  ## the whole corpus of returned files, by LibreOffice and as Word writes; a table
	$(VENV)/bin/python -m tests.returns

golden: $(READY)  ## write tests/reference anew; read the diff before you commit it
	$(VENV)/bin/python -m pytest tests/desktop/letter/test_golden.py --golden

bundle: setup  ## the program as a folder for PCs without Python: dist/fuhan
	$(VENV)/bin/pyinstaller --noconfirm --log-level ERROR build.spec
	@du -sh dist/fuhan

shots: $(READY)  ## pictures of every page and dialog, in all sizes and both themes, into out/shots
	$(VENV)/bin/python -m tests.shots $(OUT)/shots
