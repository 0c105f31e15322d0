#!/bin/sh
# Holds the locked packages of Python and of the Plotly bundle against the published advisories. An advisory is
# exit code 1; advisories that cannot be reached are exit code 3, since nothing was audited then.
set -u
cd "$(dirname "$0")/.."
tools/tools.sh || exit 2
mkdir -p build
status=0

python() {
  report=build/audit-$1.json
  build/tools/bin/pip-audit --disable-pip --require-hashes -r "$1.lock" -f json -o "$report" \
    --progress-spinner off 2>build/audit.log
  .venv/bin/python - "$1" "$report" <<'END'
import json, sys
try:
    found = json.load(open(sys.argv[2]))["dependencies"]
except (OSError, ValueError):
    found = []
asked = [one for one in found if "skip_reason" not in one]
faults = [(one["name"], one["version"], bug["id"]) for one in asked for bug in one["vulns"]]
for name, version, bug in faults:
    print(f"{sys.argv[1]}.lock: {name} {version}: {bug}")
print(f"{sys.argv[1]}.lock: {len(asked)} of {len(found)} packages held against advisories, {len(faults)} found")
sys.exit(1 if faults else 0 if found and len(asked) == len(found) else 3)
END
}

for lock in requirements requirements-dev; do
  rm -f "build/audit-$lock.json"
  python "$lock"; code=$?
  [ $code -eq 0 ] || [ $status -eq 1 ] || status=$code
done
if ! command -v npm >/dev/null; then
  echo "package-lock.json: npm is not installed, so nothing was held against advisories"
elif npm audit --package-lock-only --json >build/audit-npm.json 2>/dev/null; then
  echo "package-lock.json: nothing found"
elif grep -q '"auditReportVersion"' build/audit-npm.json; then
  echo "package-lock.json: advisories found, see build/audit-npm.json"; status=1
else
  echo "package-lock.json: the registry's advisories cannot be reached"
  [ $status -ne 0 ] || status=3
fi
[ $status -ne 3 ] || echo "Some advisories cannot be reached from here: what is not counted above was not audited." >&2
exit $status
