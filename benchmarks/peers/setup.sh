#!/bin/sh
# Makes build/peers, the environment of Streamlit and Panel: theirs alone, so that no lock file of ours has them.
set -eu
cd "$(dirname "$0")/../.."
stamp=build/peers/.installed
wanted=$(cat benchmarks/peers/requirements.txt | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi
echo "Installing Streamlit and Panel into build/peers, once"
.venv/bin/python -m venv --clear build/peers
build/peers/bin/python -m pip install -qq --disable-pip-version-check -r benchmarks/peers/requirements.txt
echo "$wanted" > "$stamp"
