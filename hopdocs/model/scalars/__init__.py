"""What one word or number in a file may be: ids, days and times, addresses, places, reasons."""
