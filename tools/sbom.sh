#!/bin/sh
# Lists what the server is made of in CycloneDX 1.6: build/sbom.json from the lock file, build/sbom-npm.json
# from the one of the Plotly bundle. Needs no network but for its own tool, once.
set -eu
cd "$(dirname "$0")/.."
tools/tools.sh
mkdir -p build
build/tools/bin/cyclonedx-py requirements --pyproject pyproject.toml --sv 1.6 --of JSON \
  --output-reproducible -o build/sbom.json requirements.lock 2>build/sbom.log
if command -v npm >/dev/null; then
  # npm wants a version of the bundle itself, which has none.
  rm -rf build/sbom-npm && mkdir build/sbom-npm
  for file in package package-lock; do
    node -e 'const f = JSON.parse(require("fs").readFileSync(0)); f.version = "0.0.0";
      if (f.packages) f.packages[""].version = "0.0.0"; console.log(JSON.stringify(f))' \
      <"$file.json" >"build/sbom-npm/$file.json"
  done
  (cd build/sbom-npm && npm sbom --sbom-format cyclonedx --package-lock-only) >build/sbom-npm.json
fi
for file in build/sbom.json build/sbom-npm.json; do
  [ ! -f "$file" ] || .venv/bin/python -c "import json, sys
made = json.load(open(sys.argv[1]))
print(f'{sys.argv[1]}: CycloneDX {made[\"specVersion\"]}, {len(made[\"components\"])} components')" "$file"
done
