# `make` lists the targets. Settings: HOST, PORT, WEB_CONCURRENCY (make run), PYTEST_ARGS (make test).
.DEFAULT_GOAL := help
.PHONY: help run test setup bundle validate eval release hooks messages lock rehearse load soak bench fuzz audit sbom clean
BIN := .venv/bin

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: setup bundle ## serve the dashboard on 127.0.0.1:8050
	@test -d "$${SERVAL_BUILD:-build}/public" || echo "Compressing the static files, once: about 15 seconds."
	@exec $(BIN)/serval serve

test: bundle ## lint, types and all tests, with a real headless Chromium
	@tools/setup.sh dev
	@tools/chromium.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@$(BIN)/python -c "import app" # compresses the static files, before several servers would at once
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

setup: ## make .venv from the lock file (done once)
	@tools/setup.sh

bundle: ## build our own Plotly bundle where Node is present (done once)
	@tools/bundle.sh

validate: setup ## check the record
	@$(BIN)/serval validate

release: setup ## keep the record as the release of its version (docs/releases.md)
	@$(BIN)/serval release

eval: ## measure the reader of texts on the annotated ones (SERVAL_SHARED: on more)
	@tools/setup.sh dev
	@$(BIN)/python -m serval.extract.measure

hooks: ## check what you commit, before it is (.pre-commit-config.yaml; done once)
	@tools/setup.sh dev
	@$(BIN)/pre-commit install

messages: setup ## bring the French catalogue up to date with the words in the code
	@$(BIN)/python tools/messages.py

lock: setup ## renew the lock files after a change of pyproject.toml
	@tools/lock.sh

load: setup ## 1 to 200 visitors at once, into docs/reliability.md (5 minutes)
	@$(BIN)/python -m benchmarks.load

soak: setup ## memory and errors over SOAK_MINUTES (30), into docs/reliability.md
	@$(BIN)/python -m benchmarks.soak $(SOAK_MINUTES)

bench: bundle setup ## Serval beside Streamlit and Panel, into docs/performance.md; BENCH_ROUNDS (2)
	@tools/setup.sh dev
	@tools/chromium.sh
	@benchmarks/peers/setup.sh
	@$(BIN)/python -m benchmarks.bench

rehearse: ## do the Dockerfile's steps in clean folders, without an engine, and serve what they made
	@tools/setup.sh
	@$(BIN)/python tools/image/rehearse.py

fuzz: setup ## inputs of an enemy for every reader, FUZZ_SECONDS (60) in all
	@tools/setup.sh dev
	@$(BIN)/python tools/fuzz.py $(or $(FUZZ_SECONDS),60)

audit: setup ## hold the locked packages against published advisories
	@tools/audit.sh

sbom: setup ## list what the server is made of, in CycloneDX, into build/
	@tools/sbom.sh

clean: ## remove what was built; .venv and node_modules stay
	rm -rf build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
