"""Understanding: structured assessments, and the joint review of what they and the days say."""
