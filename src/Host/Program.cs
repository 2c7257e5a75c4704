return await BusinessM.Host.CommandLine.Run(args);
