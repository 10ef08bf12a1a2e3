#!/usr/bin/env bash
# Completes the folder of a release: verify scripts, the public key, SHA256SUMS of all, and its signature.
#
#   sign-release.sh FOLDER VERIFY_SCRIPT...
#
# The private key is nowhere but in a temporary keyring, which goes with the script.
set -euo pipefail

folder=$1
shift

fail() {
  printf '::error::%s\n' "$1" >&2
  exit 1
}

# Both verify scripts carry these two in lines of their own.
filled() {
  local to
  to=$folder/$(basename "$1")
  sed -e "s|^RELEASE_URL=\"\"\$|RELEASE_URL=\"$url\"|" -e "s|^FINGERPRINT=\"\"\$|FINGERPRINT=\"$fingerprint\"|" \
    -e "s|^\\\$ReleaseUrl = \"\"\$|\$ReleaseUrl = \"$url\"|" -e "s|^\\\$Fingerprint = \"\"\$|\$Fingerprint = \"$fingerprint\"|" "$1" >"$to"
  { grep -qF "\"$url\"" "$to" && grep -qF "\"$fingerprint\"" "$to"; } || fail "$1: has no place for the address and the fingerprint"
}

[[ ${TAG:-} =~ ^[A-Za-z0-9][A-Za-z0-9._+-]*$ ]] || fail "TAG: is not the tag of a release, run this on one"
[[ ${GPG_PRIVATE_KEY:-} == *"BEGIN PGP PRIVATE KEY BLOCK"* ]] || fail "GPG_PRIVATE_KEY: is not an armored private key; export one with gpg --armor --export-secret-keys"

GNUPGHOME=$(mktemp -d)
export GNUPGHOME
trap 'gpgconf --kill all; rm -rf "$GNUPGHOME"' EXIT

# Pipes, because the shell keeps the text of a here-document in a file.
printf '%s\n' "$GPG_PRIVATE_KEY" | gpg --batch --quiet --import || fail "GPG_PRIVATE_KEY: gpg does not take it; export it again"
fingerprint=$(gpg --batch --with-colons --list-secret-keys | awk -F: '$1 == "fpr" { print $10; exit }')
[ -n "$fingerprint" ] || fail "GPG_PRIVATE_KEY: has no secret key; export it again"
url="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/releases/download/$TAG"

gpg --batch --armor --export "$fingerprint" >"$folder/release-key.asc"
for script in "$@"; do filled "$script"; done
chmod +x "$folder"/*.sh
(
  cd "$folder"
  rm -f SHA256SUMS SHA256SUMS.asc
  sha256sum -- * >"$GNUPGHOME/sums"
  mv "$GNUPGHOME/sums" SHA256SUMS
)
gpg --batch --yes --pinentry-mode loopback --passphrase-fd 3 --local-user "$fingerprint" --armor --detach-sign --output "$folder/SHA256SUMS.asc" "$folder/SHA256SUMS" 3< <(printf '%s\n' "${GPG_PASSPHRASE:-}") ||
  fail "the key does not sign; see gpg's message above, and set the secret of its passphrase where it has one"
printf 'Signed %s files with %s\n' "$(wc -l <"$folder/SHA256SUMS")" "$fingerprint"
