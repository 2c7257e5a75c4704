import datetime, decimal, openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904
def book(mac):
    wb = openpyxl.Workbook()
    hidden = wb.active; hidden.title = "Notes"; hidden["A1"] = "not this one"; hidden.sheet_state = "hidden"
    ws = wb.create_sheet("Prices")
    if mac: wb.epoch = CALENDAR_MAC_1904
    ws.append(["Code", "Name", "Price", "Rate", "Since", "Checked at", "Active", "Zip", "Total"])
    ws.append(["A-1", "Büro ☕ <&>", decimal.Decimal("1234.56"), 0.18, datetime.date(2026, 2, 3),
               datetime.datetime(2026, 2, 3, 10, 15, 30), True, 2134, "=C2*2"])
    ws.append(["B-2", "second\nline", -0.1, 0.075, datetime.date(1900, 3, 1) if not mac else datetime.date(1904, 1, 2),
               datetime.time(7, 30), False, 97201, "=C3*2"])
    ws.append([]); ws.append([])
    ws.append(["C-3", "_x0041_ literal", 3.3000000000000003, 1, datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 23, 59, 59), None, 7, None])
    for r in (2, 3, 6):
        ws.cell(r, 4).number_format = "0.0%"; ws.cell(r, 8).number_format = "00000"
        ws.cell(r, 3).number_format = '#,##0.00 "EUR"'
        ws.cell(r, 5).number_format = "dd/mm/yyyy"
    ws.merge_cells("A8:B8"); 
    return wb
book(False).save("openpyxl-1900.xlsx"); book(True).save("openpyxl-1904.xlsx")
