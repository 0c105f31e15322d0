#!/bin/sh
# Installs the locked packages of the image into a new environment without pip: packages.sh FOLDER
set -eu
python3 -m venv --without-pip "$1"
python3 -m pip --python "$1/bin/python" install --quiet --no-cache-dir --disable-pip-version-check \
  --root-user-action=ignore --require-hashes --only-binary :all: -r requirements-queue.lock
