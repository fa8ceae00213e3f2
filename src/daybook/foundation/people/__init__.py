"""People in custody or on probation: names, numbers, status, dates, stays, personal officers."""
