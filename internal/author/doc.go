// Package author turns the reports of a programme, Markdown files with
// expressions and blocks, and the tables of its queries into documents. It is
// the only door to goldmark.
//
// A report looks like this:
//
//	---
//	title: Báo cáo tổng kết {{ .vars.phase }}
//	menu: Tổng quan
//	order: 1
//	outputs: [html, pdf]
//	paper: decree30
//	kind: BÁO CÁO
//	subject: Tổng kết giai đoạn 1 Đề án chỉnh lý tài liệu tồn đọng
//	to: [UBND tỉnh]
//	---
//	# I. KẾT QUẢ THỰC HIỆN
//
//	{{ with one "progress_total" }}
//	Đến hết {{ period .period }}, toàn tỉnh đã chỉnh lý {{ with_unit .arranged_m "mét" }},
//	đạt **{{ percent .done_share }}** số tài liệu tồn đọng.
//	{{ end }}
//
//	| Đơn vị | Đã chỉnh lý |
//	|--------|-------------|
//	{{ range rows "progress_by_department" }}
//	| {{ .unit_name }} | {{ .arranged_m }} |
//	{{ end }}
//
//	```chart
//	query: progress_by_department
//	type: bar
//	x: unit_name
//	y: [arranged_m, remaining_m]
//	stack: true
//	top: 10
//	```
//
// # Front matter
//
//	title        of the page; required
//	description  one sentence
//	also         other words by which the search box finds the page: short names, codes
//	menu         label in the site's menu; not with for_each
//	order        place in the menu, ascending
//	parent       path of the page whose menu entry stays marked
//	outputs      of html, pdf, docx, xlsx; html if it is not given
//	path         of the page, without extension; the file's name if it is not given, required with for_each
//	for_each     a query: one document for each of its rows
//	trail        the column of for_each that names a query: source lines link to its page
//	explore      queries whose results the page's reader puts together as chart and table
//	paper        decree30: the official layout
//
// and, with paper, what replaces the programme's letterhead: kind, subject,
// code, number, place, date, signer, and the lists to, authority, recipients.
// Every text of it may hold expressions. A file without YAML quotes around an
// expression is right: expressions are set aside before YAML is read, so the
// quotes inside them need no backslash.
//
// # Expressions
//
// Expressions are those of text/template. The dot holds .vars, the vars of
// tongket.yaml, and in a for_each report the columns of its row. A line with
// nothing but control expressions (if, range, with, else, end, an assignment,
// a comment) is as if it were not there, so that lists and tables can be
// repeated without breaking them.
//
//	one "query" ["param" value …]    the only row of a query; a query without params
//	                                 takes its columns for them, and gives the rows with that value
//	rows "query" ["param" value …]   its rows, for range
//	number v [decimals]              1.234,5
//	integer v                        1.235
//	percent v [decimals]             85,2%, of a share of 0–1
//	with_unit v "mét" [decimals]     number and unit, never parted by a line end
//	date v, period v, period_short v
//	upper v, lower v, capital v      capital raises the first letter only
//	choose n "none" "one" "{n} many" the text that agrees with a count
//	say "key" ["place" text …]       a phrase of the catalog
//	add a b …, sub a b, mul a b …, div a b
//	missing v                        whether there is no value
//	eq ne lt le gt ge                whole and broken numbers compare with each other
//
// A column printed without a function is written the way its query's header
// says; so are the default decimals of number and percent. What has no value
// is written as report.Missing, arithmetic with it gives no value again, and
// no order comparison with it holds.
//
// # Blocks
//
// A fenced block holds YAML. Expressions may stand in it.
//
//	figures     query, params, items: [{column, label, unit, note, share, status, decimals,
//	            change, since, before}]
//	chart       query, params, type, x, y, stack, horizontal, plan, forecast, color, height, title, top;
//	            heatmap: x the columns, y: [the rows], value the cells; treemap: group;
//	            scatter: name of the points, band: [lowest, highest], a range behind them;
//	            bullet: target; by: one small picture for each value of a column
//	map         query, params, title, name, value, color, link; a tile for each row at its columns
//	            grid_x and grid_y, or with shapes (a GeoJSON file of the programme), key (the
//	            column that names a row's shape) and property (the file's name for it) boundaries
//	table       query, params, columns, title, group, numbered, search, landscape, top, totals
//	ask         tables: queries whose results the page's reader questions with SQL; examples:
//	            [{question, sql}], each tried when the page is made
//	filter      columns: those by which a page's charts and tables can be filtered
//	code        query, params, column, title; without a query a column of the page's own row
//	notice      severity: info, warn or stop; text
//	annex       title, landscape
//	contents    nothing: the parts and annexes with their pages, on paper only
//	signature   nothing
//	page_break  nothing; a line of --- does the same
//
// An item of figures tells how its number changed: change is a column with the
// difference from the period before (since: the words for it), before one with
// the value that the last edition told. No value, no word. Its status is good,
// warn or bad, a column that holds one of these or a state of a unit, or the
// state that the number itself counts (done, on_track, behind, not_started,
// no_report, no_plan), whose sign it then wears.
//
// A table cut by top shows no totals: they would be those of the part.
//
// # Escaping
//
// No value goes through Markdown or YAML. Where an expression prints, the
// rewritten template prints a token of private-use characters instead, a word
// to both parsers, and the value takes its place in the finished text. So a
// value cannot open a heading, a link, a cell or a key, wherever it stands,
// and needs no escape that one of the contexts might not know. It loses its
// control characters; writers escape what remains.
package author
