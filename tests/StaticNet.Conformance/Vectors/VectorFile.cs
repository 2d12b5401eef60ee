using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace StaticNet.Conformance;

/// <summary>One of the committed files of reference vectors; the README beside it tells what each holds.</summary>
/// <remarks>Givens are exact float32 numbers (stored, or drawn from a seed in the metadata); references are double precision
/// (stored, perhaps rounded, or the product of two stored factors); indices are integers. Rows that repeat are stored once.</remarks>
public sealed class VectorFile
{
    private static readonly ConcurrentDictionary<string, VectorFile> Opened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredTensor> _stored;
    private readonly SortedSet<string> _names;
    private readonly byte[] _data;

    private VectorFile(string name, byte[] file)
    {
        Name = name;
        (_stored, Metadata, _data) = SafetensorsHeader.Read(name, file);
        _names = new(_stored.Keys.Concat(Described("generated")).Concat(Described("product")), StringComparer.Ordinal);
    }

    /// <summary>The file's name without extension.</summary>
    public string Name { get; }

    /// <summary>The file's own metadata: <c>about</c> and <c>KIND:NAME</c> entries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The names of all tensors, in ordinal order.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>The file embedded in this assembly under a name such as <c>losses</c>.</summary>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    public static VectorFile Open(string name) => Opened.GetOrAdd(name, static name =>
    {
        using var stream = typeof(VectorFile).Assembly.GetManifestResourceStream($"{name}.safetensors")
            ?? throw new FileNotFoundException($"There are no reference vectors named '{name}'.");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return new VectorFile(name, file);
    });

    /// <summary>A file that is not embedded.</summary>
    /// <exception cref="InvalidDataException">It is no safetensors file, or holds what no vector file holds.</exception>
    public static VectorFile Parse(string name, byte[] file) => new(name, file);

    /// <summary>The names the metadata has entries of a kind for: <c>case</c>, <c>optimizer</c>, <c>clipping</c>,
    /// <c>schedule</c>.</summary>
    public IEnumerable<string> Described(string kind) => Metadata.Keys
        .Where(key => key.StartsWith($"{kind}:", StringComparison.Ordinal))
        .Select(key => key[(kind.Length + 1)..])
        .Order(StringComparer.Ordinal);

    /// <summary>The declaration of a case in words, or the settings of an optimizer or schedule in JSON.</summary>
    /// <exception cref="KeyNotFoundException">The file describes no such thing.</exception>
    public string Description(string kind, string name) => Metadata.TryGetValue($"{kind}:{name}", out var text)
        ? text
        : throw new KeyNotFoundException($"{Name} describes no {kind} '{name}', only {string.Join(", ", Described(kind))}.");

    /// <summary>The settings of an optimizer or a schedule.</summary>
    public JsonElement Settings(string kind, string name)
    {
        using var document = JsonDocument.Parse(Description(kind, name));
        return document.RootElement.Clone();
    }

    /// <summary>The tensors whose names begin with a path and a slash.</summary>
    /// <exception cref="KeyNotFoundException">There are none.</exception>
    public VectorSection Section(string path) => new(this, path);

    /// <summary>Whether there is a tensor of that name.</summary>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>A tensor to compute from: exact in single precision.</summary>
    public VectorTensor<float> Given(string name)
    {
        if (!Metadata.ContainsKey($"generated:{name}"))
            return Stored<float>(name, "F32");
        var settings = Settings("generated", name);
        int[] shape = [.. settings.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        var seed = settings.GetProperty("seed").GetUInt32();
        var exponent = settings.GetProperty("exponent").GetInt32();
        return Repeated(new VectorTensor<float>(name, shape, VectorDraw.Uniform(seed, shape.Aggregate(1, (size, extent) => size * extent), exponent)));
    }

    /// <summary>A tensor to compare with; givens can be read as references too.</summary>
    public VectorTensor<double> Reference(string name)
    {
        if (Metadata.ContainsKey($"product:{name}"))
        {
            var settings = Settings("product", name);
            return TransposedProduct(name, Reference(Factor("left")), Reference(Factor("right")));
            string Factor(string side) => settings.GetProperty(side).GetString()!;
        }
        if (_stored.TryGetValue(name, out var stored) && stored.Type == "F64")
            return Stored<double>(name, "F64");
        var given = Given(name);
        return new(name, given.Shape, Array.ConvertAll(given.Values, static value => (double)value));
    }

    /// <summary>Class indices.</summary>
    public VectorTensor<int> Indices(string name)
    {
        var stored = Stored<long>(name, "I64");
        return new(name, stored.Shape, Array.ConvertAll(stored.Values, static value => checked((int)value)));
    }

    private VectorTensor<T> Stored<T>(string name, string type)
        where T : unmanaged, INumber<T>
    {
        if (!_stored.TryGetValue(name, out var tensor))
            throw new KeyNotFoundException($"{Name} has no tensor '{name}'.");
        if (tensor.Type != type)
            throw new InvalidDataException($"{Name}: '{name}' is {tensor.Type}, not {type}.");
        return Repeated(new VectorTensor<T>(name, tensor.Shape, MemoryMarshal.Cast<byte, T>(_data.AsSpan(tensor.Bytes)).ToArray()));
    }

    /// <summary>The rows that a tensor consists of go round until there are as many as it has.</summary>
    private VectorTensor<T> Repeated<T>(VectorTensor<T> distinct)
        where T : struct, INumber<T>
    {
        if (!Metadata.ContainsKey($"repeated:{distinct.Name}"))
            return distinct;
        var rows = Settings("repeated", distinct.Name).GetProperty("rows").GetInt32();
        var values = new T[distinct.Values.Length / distinct.Shape[0] * rows];
        for (var i = 0; i < values.Length; i++)
            values[i] = distinct.Values[i % distinct.Values.Length];
        return new(distinct.Name, [rows, .. distinct.Shape.Skip(1)], values);
    }

    private static VectorTensor<double> TransposedProduct(string name, VectorTensor<double> left, VectorTensor<double> right)
    {
        var (batch, rows, columns) = (left.Shape[0], left.Shape[1], right.Shape[1]);
        var product = new double[rows * columns];
        for (var b = 0; b < batch; b++)
        {
            for (var row = 0; row < rows; row++)
            {
                var scale = left.Values[b * rows + row];
                for (var column = 0; column < columns; column++)
                    product[row * columns + column] += scale * right.Values[b * columns + column];
            }
        }
        return new(name, [rows, columns], product);
    }
}
