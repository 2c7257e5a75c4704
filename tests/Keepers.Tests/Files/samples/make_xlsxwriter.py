import datetime, xlsxwriter
for name, opts in (("xlsxwriter-shared.xlsx", {}), ("xlsxwriter-inline.xlsx", {"constant_memory": True})):
    wb = xlsxwriter.Workbook(name, opts); ws = wb.add_worksheet("Überblick")
    d = wb.add_format({"num_format": "d-mmm-yyyy"}); bold = wb.add_format({"bold": True}); t = wb.add_format({"num_format": "[h]:mm"})
    ws.write_row(0, 0, ["SKU", "Text", "Amount", "Day", "Formula", "Hours"])
    ws.write(1, 0, "S-1"); 
    if name.endswith("shared.xlsx"): ws.write_rich_string(1, 1, "plain ", bold, "bold", " again")
    else: ws.write(1, 1, "plain bold again")
    ws.write(1, 2, 1e-7); ws.write_datetime(1, 3, datetime.datetime(2026, 2, 3), d)
    ws.write_formula(1, 4, '="a"&"b"', None, "ab"); ws.write(1, 5, 1.5208333333333333, t)
    ws.write(2, 0, "S-2"); ws.write(2, 1, " blanks around "); ws.write(2, 2, 123456789012345); ws.write_datetime(2, 3, datetime.datetime(1999, 12, 31), d)
    ws.write_formula(2, 4, "=1/0", None, "#DIV/0!"); ws.write_boolean(2, 5, True)
    wb.close()
