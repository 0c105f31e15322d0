#!/bin/sh
# Builds our own Plotly bundle where Node is present. Without it the page works the same with the stock
# bundle of the plotly package, which is 0.5 MB heavier on the wire: a failure here stops nothing.
set -eu
cd "$(dirname "$0")/.."
build=${SERVAL_BUILD:-build}
stamp=$build/bundle.stamp

stock() { echo "Plotly: $1, so the stock bundle is served (0.5 MB more on a first visit)."; exit 0; }

wanted=$(cat package-lock.json tools/bundle.mjs tools/plotly-entry.cjs | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && ls "$build"/bundle/plotly.*.min.js >/dev/null 2>&1; then exit 0; fi
command -v node >/dev/null && command -v npm >/dev/null || stock "Node is not installed"
node -e 'process.exit(+(parseInt(process.versions.node) < 18))' || stock "Node is older than 18"

mkdir -p "$build"
echo "Building our Plotly bundle with Node $(node --version)"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >"$build/bundle.log" 2>&1 \
  || stock "its packages could not be installed (see $build/bundle.log)"
node tools/bundle.mjs 2>>"$build/bundle.log" || stock "the build failed (see $build/bundle.log)"
echo "$wanted" > "$stamp"
