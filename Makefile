# Every target sets itself up: .venv is built when it is missing or its requirements changed.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: demo test lint bench accuracy screenshots translations package clean

demo: $(STAMP)
	$(BIN)/beautyfinder demo

test: lint
	bash tests/run.sh

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Half an hour and 20 GB of disk; BENCH="--small" is three minutes (and overwrites the page).
bench: $(STAMP)
	$(BIN)/python -m benchmarks --json build/bench.json --page docs/performance.md $(BENCH)

# Hours from nothing; FIT=--fit writes resources/hybrid.json. Needs the photos of ../shared/data.
accuracy: $(STAMP)
	$(BIN)/python -m benchmarks.accuracy $(FIT)

# The pictures of README.md: the real window, off screen, light and dark.
screenshots: $(STAMP)
	$(BIN)/python -m benchmarks.screenshots docs/screenshots

# Reads the texts anew into the sheet for Qt Linguist, and compiles what is translated.
translations: $(STAMP)
	$(BIN)/pyside6-lupdate -silent -no-obsolete -locations none $$(find beautyfinder/gui -name '*.py' | sort) -ts resources/translations/zh_TW.ts
	$(BIN)/pyside6-lrelease -silent resources/translations/zh_TW.ts -qm resources/translations/zh_TW.qm

# The installers of this system, in dist/, in an environment of their own (see packaging/README.md).
# TORCH_INDEX: PyTorch's index of packages without CUDA, where pip's own has none.
package:
	$(PYTHON) packaging/build.py $(if $(TORCH_INDEX),--torch-index $(TORCH_INDEX))

KERNELS := hatch_build.py $(wildcard beautyfinder/kernels/*.cpp beautyfinder/kernels/*.h)

$(STAMP): pyproject.toml constraints.txt $(KERNELS)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "BeautyFinder needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade --constraint constraints.txt pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --build-constraint constraints.txt --editable ".[dev,timm]"
	touch $(STAMP)

clean:
	rm -rf .venv build dist beautyfinder/kernels/_native.*.so .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
