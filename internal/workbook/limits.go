package workbook

// Each limit is well above what a real workbook has and low enough that the
// worst one takes seconds and less than 300 MB of memory.
const (
	// A sheet is streamed, so that this bounds time, not memory: a million
	// rows of fifty figures take about that much.
	maxSheet = 1 << 30

	// Shared strings are kept. maxShared bounds the part as it is read,
	// maxKept the memory they take: the heap may grow to twice that.
	maxShared = 256 << 20
	maxKept   = 128 << 20

	// Styles, relationships, the list of sheets: a few hundred kilobytes in
	// the largest real ones.
	maxPart = 16 << 20

	// What the program shows to people is a tab each; more is no report.
	maxSheets = 256

	// The rows and columns that Excel itself has.
	maxRows = 1 << 20
	maxCols = 1 << 14

	// One tag or one stretch of text between tags; a cell in Excel holds
	// 32,767 characters.
	maxToken = 1 << 20

	// The text of one cell: 32,767 characters of four bytes, and as much
	// again for programs that do not count them.
	maxText = 256 << 10

	// The texts of one row that are not shared strings. They are in memory
	// together.
	maxRowText = 16 << 20

	// The merged ranges of a sheet are kept, 32 bytes each.
	maxMerges = 1 << 20

	// Relationships and content types are kept too, a few per sheet.
	maxLinks = 10_000

	// Elements within elements; a worksheet has about ten. Only where the
	// names of the outer ones are kept.
	maxDepth = 256

	// Entries of the archive: a sheet with pictures and comments has about
	// ten. The directory is read before any of it can be judged, so its
	// bytes are bounded as well as what it says of itself.
	maxEntries   = 10_000
	maxDirectory = 4 << 20
)
