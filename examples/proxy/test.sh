#!/bin/sh
# test.sh -- a message through all three revisions, in every order.
#
#     test.sh FOLDER/OF/parcel1..3
set -u

bin=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

check() {
    if ! "$@" >log 2>&1; then
        failures=$((failures + 1))
        echo "FAILED: $* ($what)"
        head -n 20 log
    fi
}

"$bin/parcel3" new >new || exit 1

what="what nobody changes is the same bytes"
for revision in 1 2 3; do
    "$bin/parcel$revision" copy <new >copy
    check cmp new copy
done

# What the newest revision would have done alone: audits and scans are counted
# by those who know them.
cat >want <<'END'
{
  "id": 7,
  "to": "Uma",
  "stops": [
    {
      "place": "door",
      "minute": 70,
      "sealed": true,
      "photo": "",
      "clerks": []
    },
    {
      "place": "harbour",
      "minute": 55,
      "sealed": true,
      "photo": "",
      "clerks": []
    },
    {
      "place": "depot",
      "minute": 40,
      "sealed": true,
      "photo": "",
      "clerks": []
    },
    {
      "place": "shop",
      "minute": 10,
      "weight": 2.5,
      "sealed": true,
      "photo": "/9j/",
      "clerks": []
    },
    {
      "place": "truck",
      "minute": 30,
      "sealed": false,
      "photo": "",
      "clerks": [
        "Ada",
        "Bo"
      ]
    }
  ],
  "first": {
    "place": "shop",
    "minute": 13,
    "weight": 2.5,
    "sealed": true,
    "photo": "/9j/",
    "clerks": []
  },
  "last": {
    "handed": {
      "name": "Eve"
    }
  },
  "insured": {
    "cents": 5000,
    "currency": [69, 85, 82]
  },
  "labels": {
    "colour": "blue"
  },
  "audits": 2,
  "sender": {
    "name": "Ann",
    "phone": "555"
  },
  "scans": 2,
  "fragile": true
}
END
for order in "1 2 3" "1 3 2" "2 1 3" "2 3 1" "3 1 2" "3 2 1"; do
    what="in the order $order"
    # shellcheck disable=SC2086
    set -- $order
    "$bin/parcel$1" pass depot 40 <new |
        "$bin/parcel$2" pass harbour 55 |
        "$bin/parcel$3" pass door 70 |
        "$bin/parcel3" show >got
    check diff want got
done

what="two fields are replaced, and nothing else"
"$bin/parcel3" show <new | sed 's/"to": "Uma"/"to": "Zoe"/
    /"first"/,/}/s/"minute": 10/"minute": 12/' >want
for revision in 1 2 3; do
    "$bin/parcel$revision" redirect Zoe 12 <new | "$bin/parcel3" show >got
    check diff want got
done

what="who does not ask loses it, or can't write it"
if "$bin/parcel1" forget <new >forgot 2>refused; then
    failures=$((failures + 1))
    echo "FAILED: an unknown event was written"
fi
check grep -q "last: a union's tag is beyond its variants" refused

what="no message"
head -c 20 new | "$bin/parcel1" copy >out 2>refused &&
    failures=$((failures + 1))
check test ! -s out

[ "$failures" -eq 0 ] && echo "all revisions, all orders: nothing lost"
exit "$failures"
