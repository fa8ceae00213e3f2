"""How floors speak upwards: providers that upper floors register, and keys for new records."""
