"""Making what is stale: rendering, placing, converting and taking away."""
