"""Charts drawn from their values (`documents.views.chart`): vectors in one palette, the same bytes each time."""
