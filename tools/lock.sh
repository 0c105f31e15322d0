#!/bin/sh
# Renews the lock files for Python 3.11 to 3.13; packages keep their version unless pyproject.toml moves them
# (all are raised with: tools/lock.sh --upgrade).
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet uv
lock() {
  .venv/bin/python -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
    --generate-hashes --no-emit-index-url --custom-compile-command "make lock" "$@"
}
lock --extra build -o requirements.lock "$@"
lock --extra queue -c requirements.lock -o requirements-queue.lock "$@"
lock --extra build --extra dev -c requirements.lock -o requirements-dev.lock "$@"
