#!/bin/bash
# check.sh PACKAGE.deb: what lintian, desktop-file-validate and appstreamcli say of the package.
# Ends with 0 only when there is nothing but what lintian-overrides gives a reason for.
set -euo pipefail
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
dpkg-deb --fsys-tarfile "$1" | tar -x -C "$unpacked" --wildcards './usr/share/*'
desktop-file-validate "$unpacked/usr/share/applications/beautyfinder.desktop"
# The id would be a reversed domain; there is none to put there yet.
appstreamcli validate --no-net --override=cid-desktopapp-is-not-rdns=info \
    "$unpacked/usr/share/metainfo/beautyfinder.metainfo.xml"
man --warnings --local-file "$unpacked/usr/share/man/man1/beautyfinder.1.gz" > "$unpacked/page" 2> "$unpacked/said"
if [[ -s "$unpacked/said" ]]; then
    cat "$unpacked/said" >&2
    exit 1
fi
grep -q "^NAME" "$unpacked/page"
lintian --allow-root --fail-on error,warning "$1"
echo "nothing to say but what packaging/linux/lintian-overrides explains"
