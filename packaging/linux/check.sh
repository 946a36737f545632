#!/bin/bash
# check.sh PACKAGE.deb: what lintian, desktop-file-validate and appstreamcli say of the package.
set -euo pipefail
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
dpkg-deb -x "$1" "$unpacked"
desktop-file-validate "$unpacked/usr/share/applications/beautyfinder.desktop"
appstreamcli validate --no-net --explain "$unpacked/usr/share/metainfo/beautyfinder.metainfo.xml"
lintian --fail-on error,warning --suppress-tags-from-file "$(dirname "$0")/lintian-suppressed" "$1"
