#!/usr/bin/env bash
# How long reading a document takes from process start, and how much memory: headway read on each sample, RUNS times.
# Usage: bench/read.sh [RUNS] — needs a release build and ../shared/samples.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-7}
program=target/release/headway
[ -x "$program" ] || cargo build --release --package headway
printf '%-55s %8s %12s %12s\n' document words "median ms" "peak MB"
for file in ../shared/samples/inspection-report-*.pdf ../shared/seeds/*.txt; do
  times=(); peak=0
  for _ in $(seq "$runs"); do
    line=$( { /usr/bin/time -f '%e %M' "$program" read "$file" --format json >/dev/null; } 2>&1 | tail -n 1)
    times+=("${line% *}"); memory=${line#* }
    [ "$memory" -gt "$peak" ] && peak=$memory
  done
  median=$(printf '%s\n' "${times[@]}" | sort -n | sed -n "$(((runs + 1) / 2))p")
  case $file in *.pdf) words=$(pdftotext "$file" - | wc -w) ;; *) words=$(wc -w <"$file") ;; esac
  printf '%-55s %8d %12.0f %12.0f\n' "$(basename "$file")" "$words" "$(echo "$median * 1000" | bc)" "$(echo "$peak / 1024" | bc)"
done
