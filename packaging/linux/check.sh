#!/bin/bash
# check.sh PACKAGE.deb: what lintian, desktop-file-validate and appstreamcli say of the package.
set -euo pipefail
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
dpkg-deb -x "$1" "$unpacked"
desktop-file-validate "$unpacked/usr/share/applications/beautyfinder.desktop"
# The id would be a reversed domain; there is none to put there yet.
appstreamcli validate --no-net --override=cid-desktopapp-is-not-rdns=info \
    "$unpacked/usr/share/metainfo/beautyfinder.metainfo.xml"
lintian --fail-on error,warning --suppress-tags-from-file "$(dirname "$0")/lintian-suppressed" "$1"
