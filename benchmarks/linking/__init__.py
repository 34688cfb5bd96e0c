"""The comparison of ways to link names."""
