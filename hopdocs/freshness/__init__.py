"""What is stale and why: fingerprints, the cache, versions, files that appear whole."""
