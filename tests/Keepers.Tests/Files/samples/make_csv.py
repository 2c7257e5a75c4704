import csv
rows = [["Code", "Name", "Amount", "Date"],
        ["A", 'say "hi", then go', "1,234.56", "03/02/2026"],
        ["B", "two\nlines", "12.00", "13/02/2026"],
        ["C", "Zoë", "-7", "28/02/2026"]]
for name, dialect, enc in (("python-excel.csv", "excel", "utf-8"), ("python-excel-tab.tsv", "excel-tab", "utf-8-sig"), ("python-cp1252.csv", "excel", "cp1252"), ("python-utf16.txt", "excel-tab", "utf-16")):
    with open(name, "w", newline="", encoding=enc) as f: csv.writer(f, dialect).writerows(rows)
with open("python-semicolon.csv", "w", newline="", encoding="utf-8") as f:
    w = csv.writer(f, delimiter=";")
    w.writerows([["Code","Betrag","Datum","Satz"],["A","1.234,56","03.02.2026","7,5 %"],["B","1.234","13.02.2026","19 %"],["C","0,5","28.02.2026","0 %"]])
with open("python-pipe.csv", "w", newline="", encoding="utf-8") as f:
    csv.writer(f, delimiter="|", quoting=csv.QUOTE_ALL).writerows(rows)
