#!/bin/sh
# Installs the system's Chromium, and letters for what our own fonts lack (Arabic and Tifinagh names).
# No version is named: Debian keeps the newest alone, and it is the one without known holes.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null
rm -rf /var/lib/apt/lists/*
