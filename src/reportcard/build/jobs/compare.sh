#!/bin/sh
# What changed in the cards since a branch or commit, in changes/: comparison.html with the pages, and the changes by kind in
# comparison.md and comparison.xml (JUnit).
set -eu
mkdir -p changes
base=$(git merge-base "$1" HEAD)
if ! git cat-file -e "$base:./content/edition.yaml" 2>/dev/null; then
    echo "There are no cards in $1 to compare with." | tee changes/comparison.md
    exit 0
fi
code=0
reportcard compare "$base" --output changes/comparison.html --summary changes/comparison.md --summary changes/comparison.xml ||
    code=$?
# 1 means that something changed.
test "$code" -le 1
