using System.Text;
using BusinessM.Finance.Import;

namespace BusinessM.Scenarios.Import;

public sealed class ReadingAFileThroughAMap : IDisposable
{
    private const string Heading = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void repeated_lines_count_and_codes_are_case_sensitive()
    {
        var (survey, documents) = Read(Heading + Row("1", "85123A") + Row("1", "85123A") + Row("1", "85123a"));
        survey.Faults.ShouldBeEmpty();
        documents.Single().Rows.Count.ShouldBe(3);
        survey.Items.Count.ShouldBe(2);
    }

    [Fact]
    public void lines_of_one_number_need_not_stand_together()
    {
        var (_, documents) = Read(Heading + Row("1", "A") + Row("2", "B") + Row("1", "C"));
        documents.Select(d => d.Number).ShouldBe(["2", "1"]);
        documents[1].Rows.Select(r => r.Item).ShouldBe(["A", "C"]);
    }

    [Fact]
    public void prefixes_and_zero_prices_say_what_a_document_is()
    {
        var (_, documents) = Read(Heading + Row("C9", "A", quantity: "-1") + Row("A8", "B") + Row("7", "C", price: "0.0")
            + Row("6", "D") + Row("5", "D", price: "0") + Row("5", "D"));
        documents.Select(d => d.Kind).ShouldBe([SalesDocumentKind.CreditNote, SalesDocumentKind.BadDebt,
            SalesDocumentKind.StockAdjustment, SalesDocumentKind.Invoice, SalesDocumentKind.Invoice]);
    }

    [Fact]
    public void a_document_with_an_unreadable_line_is_left_out_whole()
    {
        var (survey, documents) = Read(Heading + Row("1", "A") + Row("1", "B", price: "1,5x") + Row("2", "A"));
        documents.Select(d => d.Number).ShouldBe(["2"]);
        var fault = survey.Faults.Single();
        (fault.Line, fault.Number, fault.Error.Code, fault.Error.Field).ShouldBe((3, "1", "finance.import.row-malformed", null));
        survey.Refusal.ShouldBeNull();
    }

    [Theory]
    [InlineData("x", "2010-12-01 08:26:00", "1", "quantity")]
    [InlineData("1", "2010-13-01 08:26:00", "1", "date")]
    [InlineData("1", "", "1", "date")]
    [InlineData("1", "2010-12-01 08:26:00", "1.1234567", "price")]
    [InlineData("1", "2010-12-01 08:26:00", "", "price")]
    [InlineData("1", "2010-12-01 08:26:00", "1e3", "price")]
    [InlineData("1", "2010-12-01 08:26:00", "NaN", "price")]
    [InlineData("1", "2010-12-01 08:26:00", "1.000.5", "price")]
    [InlineData("9999999999999", "2010-12-01 08:26:00", "1", "quantity")]
    public void a_value_that_is_none_is_told_with_line_and_field(string quantity, string date, string price, string field)
    {
        var (survey, documents) = Read(Heading + Row("1", "A") + Row("2", "A", quantity, date, price));
        documents.Select(d => d.Number).ShouldBe(["1"]);
        var fault = survey.Faults.Single();
        (fault.Line, fault.Error.Code, fault.Error.Field).ShouldBe((3, "finance.import.value-invalid", field));
    }

    [Fact]
    public void a_number_is_needed_and_short()
    {
        var (survey, documents) = Read(Heading + Row("", "A") + Row(new string('9', 41), "A") + Row(" 3 ", "A"));
        survey.Faults.Select(f => f.Error.Field).ShouldBe(["number", "number"]);
        documents.Single().Number.ShouldBe("3");
    }

    [Fact]
    public void line_breaks_in_quotes_are_counted()
    {
        var (survey, _) = Read(Heading + Row("1", "A", description: "\"two\nlines, \"\"quoted\"\"\"") + Row("2", "A", "q"));
        survey.Items["A"].ShouldBe("two\nlines, \"quoted\"");
        survey.Faults.Single().Line.ShouldBe(4);
    }

    [Theory]
    [InlineData("", "finance.import.file-unreadable")]
    [InlineData("InvoiceNo,Quantity\n1,2\n", "finance.import.column-missing")]
    [InlineData("InvoiceNo,InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n",
        "finance.import.column-missing")]
    [InlineData(Heading + "1,A,\"never closed,1,2010-12-01 08:26:00,1,,\n2,A,,1,2010-12-01 08:26:00,1,,UK\n",
        "finance.import.file-unreadable")]
    public void a_file_at_fault_as_a_whole_gives_no_document(string text, string code)
    {
        var (survey, _) = Read(text);
        survey.Refusal.ShouldNotBeNull().Error.Code.ShouldBe(code);
    }

    [Fact]
    public void an_endless_quote_does_not_fill_the_memory()
    {
        var (survey, _) = Read(Heading + "1,A,\"" + string.Concat(Enumerable.Repeat("x,y\n", 500_000)));
        survey.Refusal.ShouldNotBeNull().Error.Code.ShouldBe("finance.import.file-unreadable");
    }

    [Fact]
    public void bytes_of_another_encoding_are_told_and_not_guessed()
    {
        var text = Heading + Row("1", "A", description: "CAFÉ");
        var bytes = Encoding.Latin1.GetBytes(text);
        Read(bytes, Repository.Map).Survey.Refusal.ShouldNotBeNull().Error.Field.ShouldBe("encoding");
        var (survey, _) = Read(bytes, Repository.Map with { Encoding = "latin1" });
        survey.Items["A"].ShouldBe("CAFÉ");
        Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], Repository.Map).Survey.Items["A"].ShouldBe("CAFÉ");
    }

    [Fact]
    public void numbers_and_dates_are_read_as_the_map_writes_them()
    {
        var map = Repository.Map with
        {
            Delimiter = ";", DecimalSeparator = ",", GroupSeparator = ".", DateFormats = ["dd.MM.yyyy"],
        };
        var text = Heading.Replace(',', ';') + "1;A;;1.000;01.12.2010;-2,5;;UK\n";
        var row = Read(Encoding.UTF8.GetBytes(text), map).Documents.Single().First;
        (row.Quantity, row.Price, row.Date).ShouldBe((1000m, -2.5m, new DateOnly(2010, 12, 1)));
    }

    [Theory]
    [InlineData("date", "2010-12-02 08:26:00", "17850")]
    [InlineData("customer", "2010-12-01 08:26:00", "17851")]
    public void lines_of_one_number_agree_in_day_and_customer(string field, string date, string customer)
    {
        var (_, documents) = Read(Heading + Row("1", "A") + Row("1", "B", date: "2010-12-01 23:59:00")
            + Row("1", "C", date: date, customer: customer));
        var fault = documents.Single().Disagreement().ShouldNotBeNull();
        (fault.Line, fault.Error.Code, fault.Error.Field).ShouldBe((4, "finance.import.rows-differ", field));
    }

    [Theory]
    [InlineData("", "finance.import.map-invalid")]
    [InlineData("null", "finance.import.map-invalid")]
    [InlineData("{\"name\": \"x\"}", "finance.import.map-invalid")]
    [InlineData("{\"name\": \"x\", \"columns\": {\"number\": \"n\", \"date\": \"d\", \"quantity\": \"q\", \"price\": \"p\"}, \"colour\": 1}",
        "finance.import.map-invalid")]
    [InlineData("{\"name\": \"x\", \"columns\": {\"number\": \"n\", \"date\": \"d\", \"quantity\": \"q\", \"price\": null}}",
        "finance.import.map-invalid")]
    [InlineData("{\"name\": \"x\", \"columns\": {\"number\": \"n\", \"date\": \"d\", \"quantity\": \"q\", \"price\": \"p\"}, \"currency\": \"GPB\"}",
        "finance.import.map-invalid")]
    public void a_map_that_is_none_is_refused(string json, string code) =>
        ImportMap.Parse(json).Failure.Code.ShouldBe(code);

    private (SalesSurvey Survey, SalesDocument[] Documents) Read(string text) =>
        Read(Encoding.UTF8.GetBytes(text), Repository.Map);

    private (SalesSurvey Survey, SalesDocument[] Documents) Read(byte[] bytes, ImportMap map)
    {
        File.WriteAllBytes(_path, bytes);
        var file = new SalesFile(_path, map);
        var survey = SalesSurvey.Of(file, TestContext.Current.CancellationToken);
        return (survey, survey.Refusal is null ? [.. SalesDocument.In(file, map, survey)] : []);
    }

    private static string Row(string number, string item, string quantity = "1", string date = "2010-12-01 08:26:00",
        string price = "1.5", string customer = "17850", string description = "") =>
        $"{number},{item},{description},{quantity},{date},{price},{customer},UK\n";
}
