using System.Globalization;

namespace StaticNet.Conformance;

/// <summary>The tensors of a file under one path, such as a case or a batch of it; names are relative to it.</summary>
public sealed class VectorSection
{
    private readonly VectorFile _file;
    private readonly string _prefix;

    internal VectorSection(VectorFile file, string path)
    {
        _file = file;
        _prefix = $"{path}/";
        Path = path;
        Names = [.. file.Names
            .Where(name => name.StartsWith(_prefix, StringComparison.Ordinal))
            .Select(name => name[_prefix.Length..])];
        if (Names.Count == 0)
            throw new KeyNotFoundException($"{file.Name} has nothing under '{path}'.");
    }

    /// <summary>The path in the file.</summary>
    public string Path { get; }

    /// <summary>The tensors' names relative to the path.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The batch sizes the section has <c>batchN</c> parts for, ascending.</summary>
    public IEnumerable<int> Batches => Names
        .Where(name => name.StartsWith("batch", StringComparison.Ordinal))
        .Select(name => int.Parse(name["batch".Length..name.IndexOf('/', StringComparison.Ordinal)], CultureInfo.InvariantCulture))
        .Distinct()
        .Order();

    /// <summary>The part for one batch size.</summary>
    public VectorSection Batch(int size) => Section($"batch{size}");

    /// <summary>A part of this section.</summary>
    public VectorSection Section(string path) => _file.Section(_prefix + path);

    /// <summary>Whether the section has a tensor of that name.</summary>
    public bool Contains(string name) => _file.Contains(_prefix + name);

    /// <inheritdoc cref="VectorFile.Given"/>
    public VectorTensor<float> Given(string name) => _file.Given(_prefix + name);

    /// <inheritdoc cref="VectorFile.Reference"/>
    public VectorTensor<double> Reference(string name) => _file.Reference(_prefix + name);

    /// <inheritdoc cref="VectorFile.Indices"/>
    public VectorTensor<int> Indices(string name) => _file.Indices(_prefix + name);
}
