using StaticNet.Benchmarks;
using StaticNet.Benchmarks.Compare;
using StaticNet.Benchmarks.Generator;
using StaticNet.Benchmarks.Pruned;
using StaticNet.Benchmarks.Stages;

const string Usage = $"""
    {CompareOptions.Usage}
    stages [--quick] [--workload NAME] [--mode inference|training] [--batch N] [--threads N]
    generator
    {PrunedCommand.Usage}
    suites [BenchmarkDotNet's arguments, such as --filter '*Forward*']
    """;

try
{
    switch (args)
    {
        case ["compare", .. var rest]:
            return CompareCommand.Run(CompareOptions.Parse(rest));
        case ["stages", .. var rest]:
            return StagesCommand.Run(CompareOptions.Parse(rest));
        case ["generator"]:
            return GeneratorCommand.Run();
        case ["pruned"]:
            return PrunedCommand.Run(Path.Combine(AppContext.BaseDirectory, PrunedMlp.Weights));
        case ["pruned", "--make", var file]:
            return PrunedCommand.Make(file);
        case ["suites", .. var rest]:
            return SuiteCommand.Run(rest);
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (FormatException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n{Usage}");
    return 2;
}
