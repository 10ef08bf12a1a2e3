#!/usr/bin/env bash
# Makes the next version on this machine: package.json, a commit and a tag, as the workflow semantic-version does on GitHub.
#
#   scripts/version-bump.sh [auto|major|minor|patch]
#
# auto reads the commits since the last version: a breaking change is major, feat is minor, fix and perf are patch.
# Nothing is pushed. Needs git and Node.js 20 or newer.
set -euo pipefail

bump=${1:-auto}
case $bump in
auto | major | minor | patch) ;;
*)
  sed -n 's/^# \{0,1\}//; 2,7p' "$0" >&2
  exit 2
  ;;
esac

cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
if [ -n "$(git status --porcelain --untracked-files=no)" ]; then
  echo "version-bump.sh: there are changes that are not committed; commit or stash them" >&2
  exit 1
fi

outputs=$(mktemp)
trap 'rm -f "$outputs"' EXIT
GITHUB_OUTPUT=$outputs BUMP_TYPE=$bump DIRECTORY=${PACKAGE_DIRECTORY:-.} node .github/scripts/next-version.mjs
if git diff --quiet; then exit 0; fi

version=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).version' "${PACKAGE_DIRECTORY:-.}/package.json")
git commit --quiet --all --message "chore(release): v$version"
git tag --annotate "v$version" --message "v$version"
echo "v$version is committed and tagged here; publish it with: git push --atomic origin HEAD v$version"
