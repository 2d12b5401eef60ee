using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace StaticNet.Benchmarks;

/// <summary>How BenchmarkDotNet runs the suites. Only this and the suites need its library: <c>compare</c> is published without.</summary>
internal static class SuiteCommand
{
    /// <summary>In this process: the project that BenchmarkDotNet would generate would not inherit how this one is built.</summary>
    public static int Run(string[] arguments)
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default);
        BenchmarkSwitcher.FromAssembly(typeof(SuiteCommand).Assembly).Run(arguments, config);
        return 0;
    }
}
