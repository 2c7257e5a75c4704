using BusinessM.Bench;

return args switch
{
    ["import", .. var words] => await Imports.Run(new BenchArgs(words)),
    ["documents", .. var words] => await Documents.Run(new BenchArgs(words)),
    ["grown", .. var words] => await Invoices.Grown(new BenchArgs(words)),
    _ => await Invoices.Run(new BenchArgs(args)),
};
