# make run    set everything up, load the sample stories, open the dashboard
# make test   set everything up and pass every test, in the browser too
# The rest is explained in docs/development.md.
PYTHON ?= python3
PY = .venv/bin/python
UV = $(or $(shell command -v uv),.venv/bin/uv)

.PHONY: run test setup check bench soak fuzz audit sbom pin clean

run: setup
	@$(PY) -m scripts.run

test:
	@$(PYTHON) scripts/set_up.py --tests
	@$(PY) -m pytest -n 2 -m "not browser"
	@$(PY) -m pytest -n 2 --dist loadfile --reruns 2 -m browser

setup:
	@$(PYTHON) scripts/set_up.py

check:
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

bench:
	@$(PY) -m benchmarks

soak:
	@$(PY) -m benchmarks.kill --kills 200
	@$(PY) -m benchmarks.faults
	@$(PY) -m benchmarks.soak
	@$(PY) -m benchmarks.days_of_watching
	@$(PY) -m pytest -q tests/test_watching_a_month.py tests/test_store_faults.py
	@$(PY) -m benchmarks --check
	@$(PY) -m benchmarks.million

fuzz:
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip -q
	@$(PY) -m pip install -q "atheris>=3,<4"
	@$(PY) -m tests.fuzzing.fuzz --seconds 180

audit:
	@$(PY) -m scripts.audit

sbom:
	@$(PY) -m scripts.sbom -o build/sbom.json
	@$(PY) -m scripts.sbom --check

pin:
	$(UV) pip compile -q pyproject.toml --universal --python-version 3.11 --no-annotate --no-header -o requirements.txt
	$(UV) pip compile -q pyproject.toml --extra test -c requirements.txt --universal --python-version 3.11 --no-annotate --no-header -o requirements-test.txt

clean:
	rm -rf .venv node_modules static/vendor static/base .mypy_cache .ruff_cache .pytest_cache .hypothesis
