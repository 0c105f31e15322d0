#!/bin/sh
# Makes .venv and installs the locked packages and the project: tools/setup.sh [dev]
# A stamp tells what was installed, so a second call does nothing.
set -eu
cd "$(dirname "$0")/.."
lock=requirements${1:+-$1}.lock
stamp=.venv/.serval-installed${1:+-$1}

is_good() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }

if ! { [ -x .venv/bin/python ] && is_good .venv/bin/python; }; then
  python=
  for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3}; do
    if is_good "$candidate"; then python=$candidate; break; fi
  done
  if [ -z "$python" ]; then
    echo "Serval needs Python 3.11, 3.12 or 3.13; on Debian: apt-get install python3 python3-venv" >&2
    exit 1
  fi
  echo "Making .venv with $("$python" --version)"
  if ! "$python" -m venv --clear .venv; then
    rm -rf .venv
    echo "Python's venv module is missing or incomplete; on Debian: apt-get install python3-venv" >&2
    exit 1
  fi
fi

wanted=$(cat "$lock" pyproject.toml | sha256sum; pwd)
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  echo "Installing the packages of $lock"
  .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
  echo "$wanted" > "$stamp"
fi
