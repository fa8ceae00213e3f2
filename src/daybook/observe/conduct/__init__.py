"""What somebody saw of a colleague's conduct: told to one custodian, and to nobody else."""
