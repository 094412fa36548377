#!/usr/bin/env bash
# How fast pages are with many people reading at once, against a running demo on this machine.
#
#   headway demo --accounts-file accounts.json &
#   bench/load.sh accounts.json programme-manager / /plan /obligations
#
# Prints the median and the 99th percentile of each page in milliseconds, and fails when one is over its limit.
# Measure a release build: a debug build says nothing. CONNECTIONS (50) and SECONDS_EACH (10) may be set.
set -euo pipefail

MEDIAN_LIMIT_MS=10
P99_LIMIT_MS=100
connections=${CONNECTIONS:-50}
seconds_each=${SECONDS_EACH:-10}

if [ $# -lt 3 ]; then
  echo "usage: bench/load.sh ACCOUNTS_FILE ROLE PAGE..." >&2
  exit 2
fi
accounts_file=$1
role=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)

for needed in wrk curl node; do
  if ! command -v "$needed" >/dev/null; then
    echo "bench/load.sh needs $needed: install the Debian package of that name" >&2
    exit 1
  fi
done

address=$(node -p 'JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).address' "$accounts_file")
case $address in
  http://127.0.0.1:* | http://localhost:* | "http://[::1]:"*) ;;
  *)
    echo "bench/load.sh only loads a demo on this machine's loopback, not $address" >&2
    exit 1
    ;;
esac
session=$(node "$here/sign-in.mjs" "$accounts_file" "$role")

# wrk prints 812.00us, 9.41ms or 1.02s; we print milliseconds.
percentile() {
  awk -v wanted="$1" '$1 == wanted {
    value = $2 + 0
    if ($2 ~ /us$/) value /= 1000
    else if ($2 !~ /ms$/) value *= 1000
    printf "%.2f", value
  }'
}

failed=0
printf '%-40s %10s %10s %10s\n' "page, $connections at once" "p50 ms" "p99 ms" "a second"
for page in "$@"; do
  status=$(curl --silent --output /dev/null --write-out '%{http_code}' --header "$session" "$address$page")
  if [ "$status" != 200 ]; then
    printf '%-40s answered %s, so it was not measured\n' "$page" "$status"
    failed=1
    continue
  fi
  measured=$(wrk --threads 2 --connections "$connections" --duration "${seconds_each}s" --latency \
    --header "$session" "$address$page")
  median=$(percentile 50% <<<"$measured")
  p99=$(percentile 99% <<<"$measured")
  rate=$(awk '/^Requests\/sec:/ { print $2 }' <<<"$measured")
  remark=""
  if awk -v m="$median" -v p="$p99" -v ml="$MEDIAN_LIMIT_MS" -v pl="$P99_LIMIT_MS" \
    'BEGIN { exit !(m >= ml || p >= pl) }'; then
    remark="over the limit"
  fi
  if grep -E 'Non-2xx|Socket errors' <<<"$measured" >&2; then
    remark="had errors"
  fi
  printf '%-40s %10s %10s %10s  %s\n' "$page" "$median" "$p99" "$rate" "$remark"
  [ -z "$remark" ] || failed=1
done
exit "$failed"
