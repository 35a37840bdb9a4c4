"""What the product brings with it as data, beside the law: example licensees, and scenarios of harm."""
