#!/bin/sh
# Moves the native libraries of a distribution (its folder is the argument) out of their jars into native/, where the
# launcher finds them: no start has to unpack them again.
set -eu
cd "$1"
mkdir native
cd native
for jar in ../lib/*-linux-*.jar; do
    jar --extract --file="$jar"
    rm "$jar"
done
find . -mindepth 2 -name '*.so*' -type f -exec mv -t . {} +
find . -mindepth 1 -maxdepth 1 -type d -exec rm -r {} +
# ND4J asks for OpenBLAS by a second name too.
ln -s libopenblas.so.0 libopenblas_nolapack.so.0
