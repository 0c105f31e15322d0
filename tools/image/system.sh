#!/bin/sh
# Makes the user that serves, and takes away what installs and builds packages.
set -eu
useradd --system --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin serval
python3 -m pip uninstall --quiet --yes --root-user-action=ignore setuptools wheel pip
