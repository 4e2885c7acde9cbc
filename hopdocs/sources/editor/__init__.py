"""The JSON Schema that an editor completes and checks with."""
