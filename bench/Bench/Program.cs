return await BusinessM.Bench.Invoices.Run(args);
