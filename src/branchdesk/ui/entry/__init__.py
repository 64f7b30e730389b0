"""What comes before a branch is open: unlocking, founding, restoring. Light, so that it shows at once."""
