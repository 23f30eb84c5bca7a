#!/usr/bin/env bash
# Whether a release holds, with openssl, jq and sha256sum alone.
# verify.sh RELEASE KEYS [SEQUENCE]   KEYS is the keys.json that *you* trust, not the release's own.
# Ends with 0 when it holds, 1 when it doesn't, 3 when it holds and has expired.
set -euo pipefail
keys=$(realpath "$2") least=${3:-0} scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$1"
no() { echo "Refused: $1" >&2; exit 1; }

jq -er '.roots[-1].root' "$keys" >"$scratch/root" || no "$keys is no list of keys"
needed=$(jq -er .threshold "$scratch/root") good=0
for id in $(jq -r '.keys | map(.id) | unique[]' "$scratch/root"); do
  { echo "-----BEGIN PUBLIC KEY-----"
    jq -r --arg id "$id" '[.keys[] | select(.id == $id).public][0]' "$scratch/root"
    echo "-----END PUBLIC KEY-----"; } >"$scratch/key"
  jq -r --arg id "$id" '[.signatures[] | select(.key == $id).signature][0] // ""' manifest.sig.json |
    base64 -d >"$scratch/signature" || no "manifest.sig.json can't be read"
  openssl pkeyutl -verify -pubin -inkey "$scratch/key" -rawin -in manifest.json \
    -sigfile "$scratch/signature" >/dev/null 2>&1 && good=$((good + 1))
done
[ "$needed" -ge 2 ] && [ "$good" -ge "$needed" ] || no "$good of the $needed signatures that it needs"

jq -r '.files | to_entries[] | "\(.value.sha256)  \(.key)"' manifest.json >"$scratch/sums"
sha256sum --check --strict --quiet "$scratch/sums" || no "a file differs from the manifest"
jq -r '.files | keys[]' manifest.json | cat - <(printf '%s\n' manifest.json manifest.sig.json keys.json) | sort >"$scratch/named"
find . ! -type d ! \( -name '*.lock' -empty \) -printf '%P\n' | sort | diff - "$scratch/named" >&2 || no "files are missing or added"
sequence=$(jq -r .sequence manifest.json)
[ "$sequence" -ge "$least" ] || no "sequence $sequence is older than $least"
echo "Sequence $sequence holds: $good keys signed it."
[ "$(date +%s)" -lt "$(date -d "$(jq -r .expires manifest.json)" +%s)" ] || { echo "It has expired." >&2; exit 3; }
