using StaticNet.Benchmarks.Compare;

try
{
    switch (args)
    {
        case ["compare", .. var rest]:
            return CompareCommand.Run(CompareOptions.Parse(rest));
        default:
            Console.Error.WriteLine($"usage: {CompareOptions.Usage}");
            return 2;
    }
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"{exception.Message}\nusage: {CompareOptions.Usage}");
    return 2;
}
