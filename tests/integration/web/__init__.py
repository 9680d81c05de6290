"""What every HTTP answer has in common, over real connections."""
