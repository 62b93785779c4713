package intake

import "strings"

var unitKinds = []kindCase{
	{name: "titles above", text: `SỞ NỘI VỤ TỈNH ĐỒNG NAI;;;
BÁO CÁO TIẾN ĐỘ CHỈNH LÝ;;;
(Kèm theo Công văn số 12/SNV ngày 05/7/2025);;;
;;;
STT;Đơn vị;Tồn đọng;Đã chỉnh lý
1;Sở Nội vụ;100;50
2;Sở Tài chính;200,5;80
`, rows: `6||Sở Nội vụ|100|50
7||Sở Tài chính|200.5|80`, aside: "title 3"},

	{name: "header over two lines", text: `STT;Đơn vị;Khối lượng (mét);;Kinh phí (triệu đồng)
;;Tồn đọng;Đã chỉnh lý;
1;Sở Nội vụ;100;50;12,5
`, rows: "3||Sở Nội vụ|100|50|12500000"},

	{name: "header over three lines", text: `STT;Đơn vị;Kết quả;;;;Ghi chú
;;Khối lượng;;Sản phẩm;;
;;Tồn đọng;Đã chỉnh lý;Hồ sơ;Còn lại;
1;Sở Nội vụ;100;50;12;50;x
`, rows: "4||Sở Nội vụ|100|50|50|12|x"},

	{name: "unit of measure above", text: `;;Đơn vị tính: nghìn đồng
Đơn vị;Tồn đọng;Kinh phí
Sở Nội vụ;100;1.500
Sở Tài chính;200;2.750,5
`, rows: `3||Sở Nội vụ|100|1500000
4||Sở Tài chính|200|2750500`, aside: "title 1"},

	{name: "two units of measure above", text: `Đơn vị tính: mét, triệu đồng;;
Đơn vị;Tồn đọng;Kinh phí
Sở Nội vụ;100;1,5
`, rows: "3||Sở Nội vụ|100|1500000", aside: "title 1"},

	{name: "sum last", text: `STT;Đơn vị;Tồn đọng
1;Sở Nội vụ;100
2;Sở Tài chính;200
;Cộng;300
`, rows: `2||Sở Nội vụ|100
3||Sở Tài chính|200`, aside: "total 1"},

	{name: "sum in the column of numbers", text: `STT;Đơn vị;Tồn đọng
1;Sở Nội vụ;100
2;Sở Tài chính;200
Tổng cộng;;300
`, rows: `2||Sở Nội vụ|100
3||Sở Tài chính|200`, aside: "total 1"},

	{name: "wrong sum", text: `STT;Đơn vị;Tồn đọng;Hồ sơ
1;Sở Nội vụ;100;5
2;Sở Tài chính;200;6
;Tổng số;310;11
`, rows: `2||Sở Nội vụ|100|5
3||Sở Tài chính|200|6`, aside: "total 1", faults: "4 total"},

	{name: "sum first, headings without numbers", text: `Đơn vị;Tồn đọng
Toàn tỉnh;350
Khối sở, ngành;
Sở Nội vụ;100
Sở Tài chính;200
Khối địa phương;
Thành phố Biên Hòa;50
`, rows: `4|Khối sở, ngành|Sở Nội vụ|100
5|Khối sở, ngành|Sở Tài chính|200
7|Khối địa phương|Thành phố Biên Hòa|50`, aside: "heading 2, total 1"},

	{name: "letters, roman numbers, units", text: `STT;Đơn vị;Tồn đọng
A;KHỐI TỈNH;300
I;Sở, ban, ngành;300
1;Sở Nội vụ;100
2;Sở Tài chính;200
B;KHỐI HUYỆN;50
I;Thành phố;50
1;Thành phố Biên Hòa;50
;Tổng cộng;350
`, rows: `4|Sở, ban, ngành|Sở Nội vụ|100
5|Sở, ban, ngành|Sở Tài chính|200
8|Thành phố|Thành phố Biên Hòa|50`, aside: "heading 4, total 1"},

	{name: "subtotals that differ", text: `STT;Đơn vị;Tồn đọng
I;Sở, ban, ngành;310
1;Sở Nội vụ;100
2;Sở Tài chính;200
II;Địa phương;50
1;Thành phố Biên Hòa;50
`, rows: `3|Sở, ban, ngành|Sở Nội vụ|100
4|Sở, ban, ngành|Sở Tài chính|200
6|Địa phương|Thành phố Biên Hòa|50`, aside: "heading 2", faults: "2 total"},

	{name: "sums of blocks and of all", text: `STT;Đơn vị;Tồn đọng
1;Sở Nội vụ;100
2;Sở Tài chính;200
;Cộng khối tỉnh;300
3;Thành phố Biên Hòa;50
4;Huyện Long Thành;60
;Cộng khối huyện;110
;Tổng cộng;410
`, rows: `2||Sở Nội vụ|100
3||Sở Tài chính|200
5||Thành phố Biên Hòa|50
6||Huyện Long Thành|60`, aside: "total 3"},

	{name: "roman numbers for units", text: `TT;Đơn vị;Tồn đọng
I;Sở Nội vụ;100
II;Sở Tài chính;200
III;Sở Y tế;5
`, rows: `2||Sở Nội vụ|100
3||Sở Tài chính|200
4||Sở Y tế|5`},

	{name: "bodies below a unit", text: `STT;Đơn vị;Tồn đọng
1;Sở Nội vụ;100
-;Văn phòng;40
-;Chi cục Văn thư;60
2;Sở Tài chính;200
;Tổng cộng;300
`, rows: `2||Sở Nội vụ|100
3||Văn phòng|40
4||Chi cục Văn thư|60
5||Sở Tài chính|200`, aside: "total 1"},

	{name: "of which", text: `STT;Đơn vị;Tồn đọng
1;Sở Nội vụ;100
;Trong đó: vĩnh viễn;40
2;Sở Tài chính;200
;Tổng cộng;300
`, rows: `2||Sở Nội vụ|100
4||Sở Tài chính|200`, aside: "detail 1, total 1"},

	{name: "numbers inside the name", text: `Đơn vị;Tồn đọng
1. Sở Nội vụ;100
2/ Sở Tài chính;200
`, rows: `2||1. Sở Nội vụ|100
3||2/ Sở Tài chính|200`},

	{name: "a name that begins like a sum", text: `STT;Đơn vị;Tồn đọng
1;Tổng công ty Tín Nghĩa;100
2;Sở Nội vụ;5
`, rows: `2||Tổng công ty Tín Nghĩa|100
3||Sở Nội vụ|5`},

	{name: "shares with and without the sign", text: `Đơn vị;Tồn đọng;Tỷ lệ
Sở Nội vụ;100;75%
Sở Tài chính;200;0,8
Sở Y tế;5;12,5 %
`, rows: `2||Sở Nội vụ|100|0.75
3||Sở Tài chính|200|0.8
4||Sở Y tế|5|0.125`},

	{name: "the sign in the header", text: `Đơn vị;Tồn đọng;Tỷ lệ (%)
Sở Nội vụ;100;75
Sở Tài chính;200;80%
Sở Y tế;5;12,5
`, rows: `2||Sở Nội vụ|100|0.75
3||Sở Tài chính|200|0.8
4||Sở Y tế|5|0.125`},

	{name: "units behind figures", text: `Đơn vị;Tồn đọng;Kinh phí
Sở Nội vụ;100 m;1,5 tỷ
Sở Tài chính;200 mét;250 triệu
Sở Y tế;0,5 km;900.000 đ
`, rows: `2||Sở Nội vụ|100|1500000000
3||Sở Tài chính|200|250000000
4||Sở Y tế|500|900000`},

	{name: "marks decided by the column", text: `Đơn vị;Tồn đọng;Hồ sơ
Sở Nội vụ;1.234;1.000
Sở Tài chính;1.234,5;12
Sở Y tế;1 234,5;1 000
`, rows: `2||Sở Nội vụ|1234|1000
3||Sở Tài chính|1234.5|12
4||Sở Y tế|1234.5|1000`},

	{name: "place, day and signatures below", text: `STT;Đơn vị;Tồn đọng;Đã chỉnh lý
1;Sở Nội vụ;100;50
;;;
Ghi chú: số liệu tính đến 30/6/2025;;;
;;Biên Hòa, ngày 05 tháng 7 năm 2025;
Người lập biểu;;Thủ trưởng đơn vị;
(Ký, ghi rõ họ tên);;(Ký tên, đóng dấu);
Nguyễn Văn A;;Trần Thị B;
`, rows: "2||Sở Nội vụ|100|50", aside: "note 5"},

	{name: "three signatures", text: `STT;Đơn vị;Tồn đọng;Đã chỉnh lý;Ghi chú
1;Sở Nội vụ;100;50;
Người lập biểu;;Kế toán;;Thủ trưởng đơn vị
(Ký, họ tên);;(Ký, họ tên);;(Ký tên, đóng dấu)
Nguyễn Văn A;;Lê Văn C;;Trần Thị B
`, rows: "2||Sở Nội vụ|100|50|", aside: "note 3"},

	{name: "header again on the next page", text: `STT;Đơn vị;Tồn đọng
1;Sở Nội vụ;100
STT;Đơn vị;Tồn đọng
2;Sở Tài chính;200
`, rows: `2||Sở Nội vụ|100
4||Sở Tài chính|200`, aside: "header 1"},

	{name: "header on line 12", text: strings.Repeat("\n", 4) + "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n\nPHỤ LỤC 01\nTiến độ chỉnh lý\n\nĐơn vị;Tồn đọng\nSở Nội vụ;100\n",
		rows: "13||Sở Nội vụ|100", aside: "title 4"},

	{name: "columns in another order", text: `Ghi chú;Đã chỉnh lý;Tồn đọng;Tên đơn vị
x;50;100;Sở Nội vụ
`, rows: "2||Sở Nội vụ|100|50|x"},

	{name: "one header twice", text: `Đơn vị;Tồn đọng;Tồn đọng
Sở Nội vụ;100;50
`, refuse: "xuất hiện hai lần"},

	{name: "a column that must be there", text: `Đơn vị;Đã chỉnh lý
Sở Nội vụ;100
`, refuse: "Thiếu cột bắt buộc “Tồn đọng”"},

	{name: "separator in quotes", text: `Đơn vị;Tồn đọng;Ghi chú
Sở Nội vụ;100;"một; hai"
"Sở Tài chính";"200";"nói ""xong"""
`, rows: `2||Sở Nội vụ|100|một; hai
3||Sở Tài chính|200|nói "xong"`},

	{name: "CR alone", text: "Đơn vị;Tồn đọng\rSở Nội vụ;100\rSở Tài chính;200\r",
		rows: `2||Sở Nội vụ|100
3||Sở Tài chính|200`},

	{name: "separators behind the last column", text: `Đơn vị;Tồn đọng;;;
Sở Nội vụ;100;;;
Sở Tài chính;200;;;
;;;;
`, rows: `2||Sở Nội vụ|100
3||Sở Tài chính|200`},

	{name: "a row with too few cells", text: `Đơn vị;Tồn đọng;Ghi chú
Sở Nội vụ;100
Sở Tài chính;200;
`, rows: "3||Sở Tài chính|200|", faults: "2 columns!"},

	{name: "numbers of the columns, with a relation that does not hold", text: `STT;Đơn vị;Tồn đọng;Đã chỉnh lý;Còn lại
A;B;1;2;3=1-2
1;Sở Nội vụ;100;40;60
2;Sở Tài chính;200;50;160
`, rows: `3||Sở Nội vụ|100|40|60
4||Sở Tài chính|200|50|160`, aside: "", faults: "4 formula"},

	{name: "relations in brackets", text: `STT;Đơn vị;Tồn đọng;Đã chỉnh lý;Tỷ lệ (%)
(1);(2);(3);(4);(5)=(4)/(3)
1;Sở Nội vụ;100;40;40
2;Sở Tài chính;200;50;30
`, rows: `3||Sở Nội vụ|100|40|0.4
4||Sở Tài chính|200|50|0.3`, faults: "4 formula"},

	{name: "TAB", text: "STT\tĐơn vị\tTồn đọng\n1\tSở Nội vụ\t1.234,5\n2\tSở Tài chính\t200\n",
		rows: `2||Sở Nội vụ|1234.5
3||Sở Tài chính|200`},

	{name: "UTF-16 BE", text: utf16BE("STT\tĐơn vị\tTồn đọng\r\n1\tSở Nội vụ\t100\r\n\tTổng cộng\t100\r\n"),
		rows: "2||Sở Nội vụ|100", aside: "total 1"},

	{name: "brackets in brackets", text: `Đơn vị;Tồn đọng (mét (giá tài liệu));Kinh phí (triệu đồng (làm tròn))
Sở Nội vụ;100;5
`, rows: "2||Sở Nội vụ|100|5000000"},

	{name: "marks of remarks in the header", text: `Đơn vị (1);Tồn đọng (2);Đã chỉnh lý*;Ghi chú [3]
Sở Nội vụ;100;5;x
`, rows: "2||Sở Nội vụ|100|5|x"},

	{name: "a unit that has nothing to report", text: `STT;Đơn vị;Tồn đọng;Ghi chú
1;Sở Nội vụ;100;
2;Sở Tài chính;;
3;Sở Y tế;-;không có
`, rows: `2||Sở Nội vụ|100|
3||Sở Tài chính||
4||Sở Y tế||không có`},

	{name: "words where a figure belongs", text: `Đơn vị;Tồn đọng
Sở Nội vụ;chưa thống kê
Sở Tài chính;khoảng 200
`, rows: `2||Sở Nội vụ|
3||Sở Tài chính|200`, faults: `2 type!
3 about`},

	{name: "line of the separator", text: "sep=|\nĐơn vị|Tồn đọng\nSở Nội vụ|100\n", rows: "3||Sở Nội vụ|100"},

	{name: "single quotes", text: `'Đơn vị';'Tồn đọng';'Ghi chú'
'Sở Nội vụ';'100';'một; hai'
'Sở Y tế' ; '5' ;'thư viện "Xanh"; mở'
`, rows: `2||Sở Nội vụ|100|một; hai
3||Sở Y tế|5|thư viện "Xanh"; mở`},

	{name: "backslashes before quotes", text: `Đơn vị;Tồn đọng;Ghi chú
"Sở Nội vụ";100;"khổ \"A4\"; khổ A3"
"Sở Y tế";5;"\"x\""
`, rows: `2||Sở Nội vụ|100|khổ "A4"; khổ A3
3||Sở Y tế|5|"x"`},

	{name: "signs of Windows-1252 as control characters", text: "Đơn vị;Tồn đọng;Ghi chú\nSở Nội vụ;100;\u0093đủ\u0094\n",
		rows: "2||Sở Nội vụ|100|“đủ”"},

	{name: "a figure that names nothing", text: `STT;Đơn vị;Tồn đọng
1;Sở Nội vụ;100
2;Sở Y tế;5
;;105
;Tổng cộng;105
`, rows: `2||Sở Nội vụ|100
3||Sở Y tế|5
4|||105`, aside: "total 1"},
}

var periodKinds = []kindCase{
	{name: "quarter in the title", text: `BÁO CÁO QUÝ III/2025;;
Đơn vị;Tồn đọng;Đã chỉnh lý
Sở Nội vụ;100;50
`, rows: "3|Sở Nội vụ|2025-Q3|100|50", aside: "title 1"},

	{name: "months of one unit", text: `BÁO CÁO TIẾN ĐỘ CHỈNH LÝ NĂM 2025;;
Đơn vị: Sở Nội vụ;;
Tháng;Tồn đọng;Đã chỉnh lý
Tháng 1/2025;100;5
Tháng 2/2025;95;10
Tháng 3/2025;85;15
`, rows: `4|Sở Nội vụ|2025-01|100|5
5|Sở Nội vụ|2025-02|95|10
6|Sở Nội vụ|2025-03|85|15`, aside: "title 2"},

	{name: "quarters in a column", text: `Đơn vị;Kỳ báo cáo;Tồn đọng;Đã chỉnh lý
Sở Nội vụ;Quý 1/2025;100;50
Sở Nội vụ;Q2/2025;90;60
Sở Nội vụ;Quý III năm 2025;80;70
`, rows: `2|Sở Nội vụ|2025-Q1|100|50
3|Sở Nội vụ|2025-Q2|90|60
4|Sở Nội vụ|2025-Q3|80|70`},

	{name: "no period anywhere", text: `Đơn vị;Tồn đọng
Sở Nội vụ;100
`, refuse: "Thiếu cột bắt buộc “Kỳ”"},
}
