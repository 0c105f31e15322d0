#!/bin/sh
# Sees to it that the browser tests have a Chromium: the one of SERVAL_CHROMIUM, one on PATH, or the
# system's package, which only root may install.
set -eu
if [ -n "${SERVAL_CHROMIUM:-}" ]; then exit 0; fi
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium from the system's packages"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  echo "No Chromium: the browser tests are skipped; install the system's package chromium or set SERVAL_CHROMIUM."
fi
