#!/usr/bin/env bash
# Prepares the image: a JDK with its compiler, and the programs that confine submissions. Runs as root when the image is
# built, on Debian or Ubuntu. Running it again changes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DEBIAN_FRONTEND=noninteractive

apt-get update
jdk=
for version in 17 21 25; do
  if [ -z "$jdk" ] && apt-cache show "openjdk-$version-jdk-headless" > /dev/null 2>&1; then
    jdk=openjdk-$version-jdk-headless
  fi
done
if [ -z "$jdk" ]; then
  echo "This distribution has no JDK 17, 21 or 25. Choose a base image of Ubuntu 20.04 or newer." >&2
  exit 1
fi
apt-get install -y --no-install-recommends "$jdk" util-linux bubblewrap
javac -version

# Submissions run as users without privileges, whose numbers need no account. Hidden tests and solutions are root's.
chmod -R go= .
