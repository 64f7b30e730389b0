"""The screens: one module or package for each feature, named as in services."""
