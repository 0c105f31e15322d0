#!/bin/sh
# Makes build/tools, the folder of the tools of `make audit` and `make sbom`, which nothing else needs (once).
set -eu
cd "$(dirname "$0")/.."
wanted="pip-audit==2.10.1 cyclonedx-bom==7.5.0"
if [ "$(cat build/tools/installed 2>/dev/null)" = "$wanted" ]; then exit 0; fi
tools/setup.sh
.venv/bin/python -m venv --clear build/tools
# shellcheck disable=SC2086
build/tools/bin/pip install -qq --disable-pip-version-check $wanted 2>build/tools/install.log \
  || { cat build/tools/install.log >&2; exit 1; }
echo "$wanted" >build/tools/installed
