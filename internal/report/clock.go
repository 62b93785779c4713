package report

import "time"

// HoursAhead is by how much the clocks of Vietnam are ahead of UTC, all year.
// Days begin and times are told by them, wherever the program runs.
const HoursAhead = 7

var vietnam = time.FixedZone("+07", HoursAhead*60*60)

// Clock returns the time as the clocks of Vietnam show it.
func Clock(at time.Time) time.Time { return at.In(vietnam) }
