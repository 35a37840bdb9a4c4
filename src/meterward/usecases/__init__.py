"""What people do with the product, one verb a file."""
