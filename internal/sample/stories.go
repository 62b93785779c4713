package sample

// story is what one unit lived through in phase 1.
type story struct {
	code    string
	backlog int     // tenths of a metre, as surveyed in 2018
	found   int     // tenths of a metre that a new survey added at the end of 2019
	start   int     // first period with work, as an index of periods; -1: never
	end     int     // period in which the last work was done
	reach   float64 // share of the backlog arranged by then

	valueless float64 // share of the arranged metres with no value left
	density   float64 // files per metre kept
	permanent float64 // share of the files to be kept for ever
	passing   float64 // share of the checked files that meet the rules

	price    float64 // million đồng per metre
	allotted float64 // share of the money needed that was allotted
	spent    float64 // share of the work done that was paid for
	staff    int     // people trained by the end
	handed   float64 // share of the permanent files handed to the historical archive
	scanned  float64 // share of the kept pages that were digitized

	skips string         // a period without a report
	notes map[int]string // remarks by index of period
}

// periods are the reporting periods of phase 1.
var periods = []string{
	"2018-Q4",
	"2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4",
	"2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4",
	"2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4",
}

// planned is the cumulative plan as a share of the backlog, and pace how much
// work the periods allowed: less in the epidemic of spring 2020 and in the
// lockdown of summer 2021.
var (
	planned = []float64{0.02, 0.06, 0.12, 0.20, 0.30, 0.38, 0.46, 0.55, 0.65, 0.73, 0.82, 0.91, 1}
	pace    = []float64{0.4, 0.7, 0.9, 1, 1.2, 0.9, 0.6, 1.1, 1.3, 1, 1, 0.4, 1.2}
)

const (
	noMoney   = "Chưa bố trí được kinh phí"
	tendering = "Đã được bố trí kinh phí, đang lập hồ sơ mời thầu"
	surveyed  = "Rà soát lại, khối lượng tồn đọng tăng so với khảo sát năm 2018"
	epidemic  = "Tạm dừng một phần do dịch COVID-19"
)

var stories = []story{
	{code: "VPUBND", backlog: 4120, start: 0, end: 11, reach: 1, valueless: .19, density: 74, permanent: .46, passing: .97, price: 8.4, allotted: 1, spent: .99, staff: 24, handed: .42, scanned: .06},
	{code: "SNV", backlog: 2365, start: 0, end: 9, reach: 1, valueless: .21, density: 92, permanent: .31, passing: .98, price: 8.2, allotted: 1, spent: .99, staff: 31, handed: .38, scanned: .11},
	{code: "STP", backlog: 3184, start: 1, end: 12, reach: .957, valueless: .17, density: 118, permanent: .28, passing: .94, price: 8.1, allotted: 1, spent: .97, staff: 18, handed: .08},
	{code: "SKHDT", backlog: 3650, start: 0, end: 12, reach: 1, valueless: .22, density: 88, permanent: .34, passing: .96, price: 8.5, allotted: 1, spent: .98, staff: 20, handed: .21, scanned: .03},
	{code: "STC", backlog: 4472, start: 0, end: 11, reach: 1, valueless: .24, density: 105, permanent: .25, passing: .98, price: 8.3, allotted: 1, spent: .99, staff: 22, handed: .30, scanned: .05},
	{code: "SCT", backlog: 1986, start: 1, end: 12, reach: .942, valueless: .18, density: 96, permanent: .30, passing: .93, price: 8.0, allotted: 1, spent: .97, staff: 12, handed: .10},
	{code: "SNN", backlog: 3827, start: 2, end: 12, reach: .688, valueless: .20, density: 126, permanent: .27, passing: .92, price: 8.2, allotted: .78, spent: .96, staff: 14, handed: .05,
		notes: map[int]string{4: "Kinh phí năm 2019 chỉ đáp ứng một phần khối lượng", 6: epidemic}},
	{code: "STNMT", backlog: 9052, found: 640, start: 1, end: 12, reach: .714, valueless: .12, density: 142, permanent: .41, passing: .91, price: 8.7, allotted: .82, spent: .95, staff: 36, handed: .04, scanned: .04,
		notes: map[int]string{4: surveyed, 11: epidemic}},
	{code: "SGTVT", backlog: 3413, start: -1, passing: 1, price: 8.2, allotted: .43, staff: 6,
		notes: map[int]string{3: noMoney, 9: tendering, 12: tendering}},
	{code: "SXD", backlog: 2880, start: 1, end: 12, reach: 1, valueless: .21, density: 110, permanent: .33, passing: .95, price: 8.3, allotted: 1, spent: .98, staff: 15, handed: .12},
	{code: "STTTT", backlog: 738, start: 1, end: 8, reach: 1, valueless: .26, density: 68, permanent: .22, passing: .96, price: 7.9, allotted: 1, spent: 1, staff: 9, handed: .15},
	{code: "SKHCN", backlog: 1184, start: 1, end: 9, reach: 1, valueless: .23, density: 81, permanent: .29, passing: .97, price: 8.0, allotted: 1, spent: .99, staff: 11, handed: .26},
	{code: "SLDTBXH", backlog: 5261, start: 2, end: 12, reach: .735, valueless: .09, density: 196, permanent: .52, passing: .78, price: 8.6, allotted: .86, spent: .94, staff: 17, handed: .02,
		notes: map[int]string{7: "Hồ sơ người có công phải đối chiếu, bổ sung thành phần"}},
	{code: "SVHTTDL", backlog: 2058, start: 2, end: 12, reach: .931, valueless: .19, density: 84, permanent: .32, passing: .93, price: 8.0, allotted: .97, spent: .97, staff: 13, handed: .09},
	{code: "SGDDT", backlog: 2645, start: 2, end: 12, reach: .806, valueless: .27, density: 101, permanent: .18, passing: .86, price: 7.9, allotted: .90, spent: .96, staff: 16, handed: .03,
		notes: map[int]string{11: epidemic}},
	{code: "SYT", backlog: 2312, start: 1, end: 12, reach: .918, valueless: .25, density: 97, permanent: .20, passing: .92, price: 8.0, allotted: .96, spent: .96, staff: 12, handed: .06,
		notes: map[int]string{11: epidemic}},
	{code: "TTT", backlog: 1761, start: 0, end: 11, reach: 1, valueless: .14, density: 58, permanent: .37, passing: .96, price: 8.2, allotted: 1, spent: .99, staff: 8, handed: .17},
	{code: "SNgV", backlog: 463, start: -1, passing: 1, price: 8.0, staff: 3,
		notes: map[int]string{1: noMoney, 5: noMoney, 9: noMoney, 12: noMoney}},
	{code: "BDT", backlog: 524, start: 3, end: 12, reach: .842, valueless: .20, density: 63, permanent: .26, passing: .93, price: 7.9, allotted: .92, spent: .97, staff: 6, skips: "2021-Q4"},
	{code: "BQLKCN", backlog: 3096, start: 1, end: 12, reach: .964, valueless: .16, density: 90, permanent: .35, passing: .95, price: 8.4, allotted: 1, spent: .97, staff: 14, handed: .11},

	{code: "731", backlog: 12408, start: 1, end: 12, reach: .763, valueless: .17, density: 112, permanent: .30, passing: .92, price: 8.8, allotted: .85, spent: .95, staff: 64, handed: .03, scanned: .02,
		notes: map[int]string{11: epidemic}},
	{code: "732", backlog: 6103, start: 0, end: 10, reach: 1, valueless: .22, density: 99, permanent: .28, passing: .97, price: 8.2, allotted: 1, spent: .99, staff: 48, handed: .19, scanned: .04},
	{code: "734", backlog: 4520, start: -1, passing: 1, price: 8.0, allotted: .12, staff: 10,
		notes: map[int]string{2: noMoney, 8: noMoney, 12: tendering}},
	{code: "735", backlog: 4986, start: 1, end: 12, reach: .948, valueless: .19, density: 94, permanent: .27, passing: .94, price: 8.1, allotted: .98, spent: .97, staff: 35, handed: .07, skips: "2020-Q2"},
	{code: "736", backlog: 5374, start: 2, end: 12, reach: .679, valueless: .21, density: 87, permanent: .24, passing: .85, price: 7.9, allotted: .76, spent: .95, staff: 28,
		notes: map[int]string{5: "Nhà thầu thực hiện chậm so với hợp đồng"}},
	{code: "737", backlog: 6847, start: 1, end: 12, reach: .936, valueless: .20, density: 103, permanent: .26, passing: .94, price: 8.3, allotted: .98, spent: .97, staff: 42, handed: .06},
	{code: "738", backlog: 4219, start: 3, end: 12, reach: .581, valueless: .18, density: 79, permanent: .23, passing: .81, price: 8.0, allotted: .70, spent: .93, staff: 21,
		notes: map[int]string{2: noMoney, 11: epidemic}},
	{code: "739", backlog: 3892, start: 0, end: 11, reach: 1, valueless: .23, density: 91, permanent: .27, passing: .97, price: 8.0, allotted: 1, spent: .99, staff: 37, handed: .16},
	{code: "740", backlog: 8735, found: 418, start: 1, end: 12, reach: .926, valueless: .15, density: 121, permanent: .36, passing: .95, price: 8.6, allotted: .99, spent: .97, staff: 45, handed: .05, scanned: .02,
		notes: map[int]string{4: surveyed}},
	{code: "741", backlog: 6451, start: 0, end: 11, reach: 1, valueless: .22, density: 95, permanent: .28, passing: .96, price: 8.1, allotted: 1, spent: .99, staff: 46, handed: .14},
	{code: "742", backlog: 7168, start: 2, end: 12, reach: .842, valueless: .18, density: 107, permanent: .29, passing: .93, price: 8.4, allotted: .91, spent: .96, staff: 33, handed: .02},
}

// resurveyed is the index of the period in which found metres appear.
const resurveyed = 4
