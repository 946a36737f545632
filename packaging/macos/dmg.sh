#!/bin/bash
# dmg.sh APP DMG: a disk image with the app and a link to Applications; signed and notarised where
#   BEAUTYFINDER_CODESIGN   names an identity ("Developer ID Application: …") and
#   BEAUTYFINDER_NOTARY     names a profile that `xcrun notarytool store-credentials` has kept.
set -euo pipefail
app=$1 image=$2
here=$(cd "$(dirname "$0")" && pwd)

if [[ -n ${BEAUTYFINDER_CODESIGN:-} ]]; then
    # From the inside out: a bundle's signature covers those of what is in it.
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print0 |
        xargs -0 codesign --force --timestamp --options runtime --sign "$BEAUTYFINDER_CODESIGN"
    codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$BEAUTYFINDER_CODESIGN" "$app"
    codesign --verify --deep --strict "$app"
fi

staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
cp -R "$app" "$staged/"
ln -s /Applications "$staged/Applications"
rm -f "$image"
hdiutil create -quiet -volname BeautyFinder -srcfolder "$staged" -fs HFS+ -format ULMO "$image"

if [[ -n ${BEAUTYFINDER_CODESIGN:-} && -n ${BEAUTYFINDER_NOTARY:-} ]]; then
    codesign --timestamp --sign "$BEAUTYFINDER_CODESIGN" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$BEAUTYFINDER_NOTARY" --wait
    xcrun stapler staple "$image"
fi
