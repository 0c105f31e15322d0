#!/bin/sh
# Builds our Plotly bundle into build/bundle, from the locked npm packages.
set -eu
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
node tools/bundle.mjs
