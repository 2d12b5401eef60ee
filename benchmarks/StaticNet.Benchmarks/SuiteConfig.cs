using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace StaticNet.Benchmarks;

/// <summary>How BenchmarkDotNet runs the suites.</summary>
internal static class SuiteConfig
{
    /// <summary>In this process: the project that BenchmarkDotNet would generate would not inherit how this one is built.</summary>
    public static IConfig Create() => ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
        .AddDiagnoser(MemoryDiagnoser.Default);
}
