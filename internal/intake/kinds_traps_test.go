package intake

// trapKinds are files in which a figure could be taken for another without
// anybody noticing.
var trapKinds = []kindCase{
	{name: "in the period and since the beginning", text: `STT;Đơn vị;Tồn đọng;Đã chỉnh lý;
;;;Trong kỳ;Lũy kế
1;Sở Nội vụ;100;10;50
`, rows: "3||Sở Nội vụ|100|50"},

	{name: "all and a part of it", text: `STT;Đơn vị;Tồn đọng;;Đã chỉnh lý
;;Vĩnh viễn;Tổng số;
1;Sở Nội vụ;30;100;50
`, rows: "3||Sở Nội vụ|100|50"},

	{name: "units of measure on a line of their own", text: `STT;Đơn vị;Tồn đọng;Kinh phí
;;(mét);(triệu đồng)
1;Sở Nội vụ;100;5
`, rows: "3||Sở Nội vụ|100|5000000"},

	{name: "the same without brackets", text: `STT;Đơn vị;Tồn đọng;Kinh phí
;;mét;nghìn đồng
1;Sở Nội vụ;100;5
`, rows: "3||Sở Nội vụ|100|5000"},

	{name: "unit of measure behind a dash", text: `Đơn vị;Tồn đọng - mét;Kinh phí: triệu đồng
Sở Nội vụ;100;5
`, rows: "2||Sở Nội vụ|100|5000000"},

	{name: "unit of measure in the header before the one above", text: `Đơn vị tính: triệu đồng;;
Đơn vị;Tồn đọng;Kinh phí (nghìn đồng)
Sở Nội vụ;100;5
`, rows: "3||Sở Nội vụ|100|5000", aside: "title 1"},

	{name: "unit of measure short", text: `;;ĐVT: 1.000đ
Đơn vị;Tồn đọng;Kinh phí
Sở Nội vụ;100;5
`, rows: "3||Sở Nội vụ|100|5000", aside: "title 1"},

	{name: "unit of measure in brackets above", text: `(Đơn vị tính: Triệu đồng)
Đơn vị;Tồn đọng;Kinh phí
Sở Nội vụ;100;5
`, rows: "3||Sở Nội vụ|100|5000000", aside: "title 1"},

	{name: "a unit of measure that does not fit", text: `Đơn vị;Tồn đọng (hồ sơ)
Sở Nội vụ;100
`, refuse: "hồ sơ"},

	{name: "a second table with its columns in another order", text: `Đơn vị;Tồn đọng;Đã chỉnh lý
Sở Nội vụ;100;50
;;
Đơn vị;Đã chỉnh lý;Tồn đọng
Sở Tài chính;80;200
Sở Y tế;1;2
`, rows: "2||Sở Nội vụ|100|50", aside: "header 1", faults: `5 table!
6 table!`},

	{name: "a second table with fewer columns", text: `Đơn vị;Tồn đọng;Đã chỉnh lý
Sở Nội vụ;100;50
Đơn vị;Tồn đọng;
Sở Tài chính;200;
`, rows: `2||Sở Nội vụ|100|50
4||Sở Tài chính|200|`, aside: "header 1"},

	{name: "back to the first table", text: `Đơn vị;Tồn đọng;Đã chỉnh lý
Sở Nội vụ;100;50
Đơn vị;Đã chỉnh lý;Tồn đọng
Sở Tài chính;80;200
Đơn vị;Tồn đọng;Đã chỉnh lý
Sở Y tế;5;1
`, rows: `2||Sở Nội vụ|100|50
6||Sở Y tế|5|1`, aside: "header 2", faults: "4 table!"},

	{name: "a smaller table first", text: `BÁO CÁO;;;
Đơn vị;Tồn đọng;Mã số;
Sở Nội vụ;100;a;
Sở Y tế;5;9;
;;;
Đơn vị;Tồn đọng;Đã chỉnh lý;Kinh phí
Sở Tài chính;200;80;5
`, rows: "7||Sở Tài chính|200|80|5", aside: "title 2", faults: `3 table!
4 table!`},

	{name: "header over two lines again on the next page", text: `STT;Đơn vị;Khối lượng;;Ghi chú
;;Tồn đọng;Đã chỉnh lý;
1;Sở Nội vụ;100;50;x
STT;Đơn vị;Khối lượng;;Ghi chú
;;Tồn đọng;Đã chỉnh lý;
2;Sở Y tế;5;1;
`, rows: `3||Sở Nội vụ|100|50|x
6||Sở Y tế|5|1|`, aside: "header 2"},

	{name: "a group again whose first column is not the field", text: `STT;Đơn vị;Tồn đọng;;Đã chỉnh lý
;;Vĩnh viễn;Tổng số;
1;Sở Nội vụ;30;100;50
STT;Đơn vị;Tồn đọng;;Đã chỉnh lý
;;Vĩnh viễn;Tổng số;
2;Sở Y tế;1;5;2
`, rows: `3||Sở Nội vụ|100|50
6||Sở Y tế|5|2`, aside: "header 2"},

	{name: "another table under a header of two lines", text: `STT;Đơn vị;Tồn đọng;Đã chỉnh lý
1;Sở Nội vụ;100;50
STT;Đơn vị;Đã chỉnh lý;
;;Kỳ này;Lũy kế
2;Sở Y tế;1;5
`, rows: "2||Sở Nội vụ|100|50", aside: "header 1, note 1", faults: "5 table!"},

	{name: "another measure below the header", text: `Đơn vị;Tồn đọng;Ghi chú
;trang;
Sở Nội vụ;100;x
`, refuse: "trang"},

	{name: "thousands or thousandths", text: `Đơn vị;Tồn đọng
Sở Nội vụ;1.000
Sở Tài chính;2.000
`, rows: `2||Sở Nội vụ|1000
3||Sở Tài chính|2000`, faults: "2 open"},

	{name: "point for the decimals", text: `Đơn vị;Tồn đọng;Hồ sơ
Sở Nội vụ;1,234.5;1,000
Sở Tài chính;200.25;12
`, rows: `2||Sở Nội vụ|1234.5|1000
3||Sở Tài chính|200.25|12`},

	{name: "cells beyond the header", text: `Đơn vị;Tồn đọng
Sở Nội vụ;100;50
Sở Y tế;5
`, rows: "3||Sở Y tế|5", faults: "2 columns!"},

	{name: "a comma for the decimals and for the cells", text: `Đơn vị,Tồn đọng
Sở Nội vụ,100,5
Sở Y tế,5
`, rows: "3||Sở Y tế|5", faults: "2 columns!"},

	{name: "units below units by number", text: `STT;Đơn vị;Tồn đọng
1;Sở Nội vụ;100
1.1;Văn phòng;40
1.2;Ban Dân tộc;60
2;Sở Y tế;5
;Tổng cộng:;105
`, rows: `2||Sở Nội vụ|100
3||Văn phòng|40
4||Ban Dân tộc|60
5||Sở Y tế|5`, aside: "total 1"},

	{name: "sum of the blocks", text: `STT;Đơn vị;Tồn đọng
I;Khối tỉnh;
1;Sở Nội vụ;100
;Cộng (I);100
II;Khối huyện;
1;Huyện Long Thành;5
;Cộng (II);8
;Tổng cộng (I+II);105
`, rows: `3|Khối tỉnh|Sở Nội vụ|100
6|Khối huyện|Huyện Long Thành|5`, aside: "heading 2, total 3", faults: "7 total"},

	{name: "a heading in the column of units", text: `Đơn vị;Tồn đọng
I. Sở, ban, ngành;100
Sở Nội vụ;100
II. Địa phương;5
Huyện Long Thành;5
`, rows: `3|Sở, ban, ngành|Sở Nội vụ|100
5|Địa phương|Huyện Long Thành|5`, aside: "heading 2"},

	{name: "line end in a header", text: "Đơn vị;\"Tồn đọng\n(mét)\";\"Kinh phí\n(triệu đồng)\"\nSở Nội vụ;100;5\n", rows: "4||Sở Nội vụ|100|5000000"},

	{name: "column numbers with a gap", text: `STT;Đơn vị;Tồn đọng;;Đã chỉnh lý
(1);(2);(3);;(4)
1;Sở Nội vụ;100;;50
`, rows: "3||Sở Nội vụ|100|50"},

	{name: "marks of nothing", text: `Đơn vị;Tồn đọng;Đã chỉnh lý;Hồ sơ
Sở Nội vụ;100;-;...
Sở Y tế;5;–;0
`, rows: `2||Sở Nội vụ|100||
3||Sở Y tế|5||0`},

	{name: "a quote in the middle", text: "Đơn vị;Tồn đọng;Ghi chú\nSở Nội vụ;100;giá 12\" cũ\n", rows: `2||Sở Nội vụ|100|giá 12" cũ`},

	{name: "end of file of DOS", text: "Đơn vị;Tồn đọng\r\nSở Nội vụ;100\r\n\x1a", rows: "2||Sở Nội vụ|100", aside: "note 1"},

	{name: "a web page", text: "<html><body><table><tr><td>Đơn vị</td></tr></table></body></html>\n", refuse: "không có cột nào khớp"},
}
