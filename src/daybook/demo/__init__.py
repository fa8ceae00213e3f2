"""A fictional service, generated. The only package that may import everything."""
