"""What the product brings with it as data, beside the law: so far, example licensees."""
