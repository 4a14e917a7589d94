# Each command makes its own virtual environment under build/ with $(PYTHON).
PYTHON ?= python3
TAG := $(shell $(PYTHON) -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])')
ENVIRONMENT := build/venv-$(TAG)
MINUTES ?= 1000000
RUN := $(ENVIRONMENT)/bin/python
GENERATED := ext/machine.c ext/recipes_gen.h
SOURCES := setup.py pyproject.toml $(filter-out $(GENERATED),$(wildcard ext/*.c ext/*.h ext/*.pyx ext/*.pxi ext/*.py ext/*/*.c ext/*/*.h)) src/framejit/tables/recipes.py $(wildcard src/framejit/tables/callouts.py)

.PHONY: help demo build test quick nightly cpython conformance conformance-numpy clean

help:
	@echo "make demo     a real program on real data, plain and accelerated"
	@echo "make test     all tests on $(PYTHON)"
	@echo "make quick    a short run of the tests on every Python found"
	@echo "make nightly  the long run: many random programs, the oldest NumPy"
	@echo "make cpython  CPython's own tests, plain and accelerated"
	@echo "make conformance  all of CPython's tests, in parts: what has been run isn't run again (MINUTES=... for one part)"
	@echo "make conformance-numpy  the same with NumPy's own tests"
	@echo "PYTHON=...    the interpreter to use instead of python3"

$(ENVIRONMENT)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("framejit: CPython 3.11 or newer is needed, this is %d.%d" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(ENVIRONMENT)

$(ENVIRONMENT)/installed: pyproject.toml | $(ENVIRONMENT)/bin/python
	$(RUN) -m pip install --quiet "setuptools>=70.1" "Cython>=3.0"
	$(RUN) -m pip install --quiet --no-build-isolation --editable ".[test]"
	@touch $@

# What has just been installed has been built, in place.
$(ENVIRONMENT)/built: $(ENVIRONMENT)/installed $(SOURCES)
	@test -z "$$(find $(SOURCES) -newer $(ENVIRONMENT)/installed)" || { echo "$(RUN) setup.py build_ext --inplace"; $(RUN) setup.py --quiet build_ext --inplace; }
	@$(RUN) -m compileall -q src
	@touch $@

$(ENVIRONMENT)/examples: $(ENVIRONMENT)/built
	$(RUN) -m pip install --quiet --no-build-isolation --editable ".[examples]"
	@touch $@

demo: $(ENVIRONMENT)/examples
	$(RUN) examples/demo.py

build: $(ENVIRONMENT)/built

test: $(ENVIRONMENT)/built
	$(RUN) -m pytest $(TESTS)

quick:
	PYTHON=$(PYTHON) .ci/run --quick

nightly: $(ENVIRONMENT)/built
	FRAMEJIT_NIGHTLY=1 $(RUN) -m pytest $(TESTS)
	$(RUN) -m pip install --quiet "numpy==2.0.*" || echo "no NumPy 2.0 for Python $(TAG): the oldest is not tested here"
	$(RUN) -m pytest $(TESTS)
	$(RUN) -m pip install --quiet --upgrade numpy

cpython: $(ENVIRONMENT)/built
	$(RUN) -m tests.cpython.run

conformance: $(ENVIRONMENT)/built
	$(RUN) -m tests.cpython.run --all --modes eager --minutes $(MINUTES)

conformance-numpy: $(ENVIRONMENT)/built
	$(RUN) -m tests.numpy_suite.run --all --minutes $(MINUTES)

clean:
	rm -rf build src/framejit/*.so
