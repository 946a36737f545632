"""Speed side by side with peers, in one run, as ratios; quality beside every speed."""
