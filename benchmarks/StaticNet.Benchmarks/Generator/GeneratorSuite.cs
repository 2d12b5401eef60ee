using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StaticNet.Benchmarks.Workloads;
using StaticNet.Generators;

namespace StaticNet.Benchmarks.Generator;

/// <summary>What the generator does in a build, and after a keystroke.</summary>
public class GeneratorSuite
{
    private Project? _project;
    private CSharpCompilation? _compilation;
    private GeneratorDriver? _driver;

    public static IEnumerable<string> Networks => GeneratorCommand.Networks;

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _project = new(NetworkSources.Of(Network));
        _compilation = _project.Compile();
        _driver = Project.Driver(new NetworkGenerator()).RunGenerators(_compilation);
    }

    [Benchmark]
    public GeneratorDriver Build() => Project.Driver(new NetworkGenerator()).RunGenerators(_project!.Compile());

    [Benchmark]
    public GeneratorDriver UnrelatedEdit()
    {
        _compilation = _project!.Edit(_compilation!);
        return _driver = _driver!.RunGenerators(_compilation);
    }
}
