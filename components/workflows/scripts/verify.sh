#!/usr/bin/env bash
# Checks files of a release: the signature of SHA256SUMS by the key of the release, then each file's checksum.
#
#   ./verify.sh FILE...
#
# SHA256SUMS, its signature and the key are taken from the folder of this script, or from the release where they are missing.
# Needs bash, gpg, sha256sum or shasum, and curl for what is missing.
set -euo pipefail

# The release writes its own address and the fingerprint of its key here.
RELEASE_URL=""
FINGERPRINT=""

fail() {
  printf 'verify.sh: %s\n' "$1" >&2
  exit 1
}

fetch() {
  [ -e "$folder/$1" ] && return
  [ -n "$RELEASE_URL" ] || fail "$1: is missing; put it beside verify.sh"
  curl --fail --silent --show-error --location --proto '=https' --output "$folder/$1" "$RELEASE_URL/$1" ||
    fail "$1: is missing and cannot be fetched from $RELEASE_URL; put it beside verify.sh"
}

checksum() {
  if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

check_signature() {
  local keys="$work/keys" status
  mkdir -m 700 "$keys"
  gpg --homedir "$keys" --batch --quiet --no-autostart --import "$folder/release-key.asc" 2>"$work/said" ||
    fail "release-key.asc: is not a key; fetch it again"
  status=$(gpg --homedir "$keys" --batch --no-autostart --status-fd 1 --verify "$folder/SHA256SUMS.asc" "$folder/SHA256SUMS" 2>"$work/said") ||
    fail "SHA256SUMS: its signature is not good; do not use these files"
  [[ $status != *" REVKEYSIG "* ]] || fail "SHA256SUMS: is signed with a key that was revoked; do not use these files"
  # The last word of VALIDSIG is the fingerprint of the primary key, whichever of its subkeys signed.
  signer=$(printf '%s\n' "$status" | sed -n 's/^\[GNUPG:\] VALIDSIG .* \([0-9A-F]\{40,\}\)$/\1/p' | head -n 1)
  [ -n "$signer" ] || fail "SHA256SUMS: its signature is not good; do not use these files"
  [ -z "$FINGERPRINT" ] || [ "$signer" = "$FINGERPRINT" ] ||
    fail "SHA256SUMS: is signed by $signer, not by $FINGERPRINT; do not use these files"
}

check_file() {
  local name wanted
  [ -f "$1" ] || fail "$1: is missing"
  name=$(basename "$1")
  wanted=$(awk -v name="$name" 'substr($0, 67) == name { print $1 }' "$folder/SHA256SUMS")
  [ -n "$wanted" ] || fail "$1: is not in SHA256SUMS"
  [ "$(checksum "$1")" = "$wanted" ] || fail "$1: is not the file of the release; do not use it"
  printf '%s: OK\n' "$1"
}

[ $# -gt 0 ] || fail "name the files to check"
command -v gpg >/dev/null || fail "gpg is missing; install GnuPG"
folder=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for file in SHA256SUMS SHA256SUMS.asc release-key.asc; do fetch "$file"; done
check_signature
for file in "$@"; do check_file "$file"; done
printf 'Signed by %s\n' "$signer"
