"""PDFs from elsewhere, made fit to stand behind the plan: what their owner sees is kept, what acts is not."""
