"""What several rooms' tests share: sample branches, invented people, comparing contents, fixtures."""
