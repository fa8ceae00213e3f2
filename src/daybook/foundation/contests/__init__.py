"""What somebody says is wrong about their record: their words beside it, until and after it is
settled, and whoever received it told."""
