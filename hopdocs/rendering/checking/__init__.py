"""Types and names in a template, held against the model before any family is rendered."""
