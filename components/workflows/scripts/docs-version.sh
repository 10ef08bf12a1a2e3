#!/usr/bin/env bash
# docs-version.sh <folder>: adds the documentation of this commit to the branch that keeps all versions, and writes them all to
# the folder. A tag v1.2.3 becomes 1.2, and `latest` where no newer version has a tag; a branch becomes `dev`.
set -euo pipefail

folder=$1
[[ "$BRANCH" =~ ^[A-Za-z0-9][A-Za-z0-9._/-]*$ ]] || { echo "::error::BRANCH: is not the name of a branch; correct it and run again" >&2; exit 1; }

aliases=()
if [[ "$GITHUB_REF_TYPE" == tag ]]; then
  [[ "$GITHUB_REF_NAME" =~ ^v([0-9]+\.[0-9]+)\.[0-9]+$ ]] || { echo "::error::the tag is not that of a stable version; use one such as v1.2.3" >&2; exit 1; }
  version=${BASH_REMATCH[1]}
  mapfile -t stable < <(git tag --list 'v[0-9]*' --sort=-version:refname | grep --extended-regexp '^v[0-9]+\.[0-9]+\.[0-9]+$')
  [[ "${stable[0]}" != "$GITHUB_REF_NAME" ]] || aliases=(latest)
else
  version=dev
fi

export GIT_AUTHOR_NAME="github-actions[bot]" GIT_AUTHOR_EMAIL="41898282+github-actions[bot]@users.noreply.github.com"
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

mike deploy --branch "$BRANCH" --update-aliases "$version" "${aliases[@]}"
if [[ "${aliases[*]}" == latest ]] || ! git cat-file -e "$BRANCH:index.html" 2>/dev/null; then
  mike set-default --branch "$BRANCH" "${aliases[0]:-$version}"
fi

# gh answers git's question for a password, so that the token is neither in a file nor in a command line.
git -c credential.helper= -c credential.helper='!gh auth git-credential' push origin "$BRANCH"
mkdir -p "$folder"
git archive "$BRANCH" | tar --extract --directory "$folder"
