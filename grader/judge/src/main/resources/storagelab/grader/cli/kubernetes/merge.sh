#!/bin/sh
# Puts the parts together that the pods of grade-all.yaml have graded. To be called in the directory that is /course in the pods.
set -eu
exec "${STORAGE_LAB:-/storage-lab}/lab" gradebook merge@MERGING@ --out @OUT@ @OUT@/shards/*
