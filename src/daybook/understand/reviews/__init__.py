"""The joint review: a team looks at one question from several sides and ends in a next look."""
