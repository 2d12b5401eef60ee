using StaticNet.Generators.Output;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>The kernel methods of a network. Kernels with the same text are one method, whichever layers they work for.</summary>
internal sealed class KernelLibrary
{
    /// <summary>Stands for the method's name until equal texts have been found.</summary>
    public const string Name = "KERNEL";

    /// <summary>Kernels are compiled once, optimised at once: the first prediction is as quick as the thousandth.</summary>
    public const string Optimized = "[MethodImpl(MethodImplOptions.AggressiveOptimization)]";

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Summary, string Signature, bool SamplesAsLanes, string[] Texts)> _kernels = [];

    /// <summary>Adds a kernel, or finds it, and gives its name.</summary>
    /// <param name="hint">The name it should have.</param>
    /// <param name="summary">What it computes, for the comment above it.</param>
    /// <param name="signature">Its parameters.</param>
    /// <param name="write">Writes its methods for one width under <see cref="Name"/>.</param>
    /// <param name="samplesAsLanes">Whether few rows are done with narrow vectors.</param>
    public string Add(string hint, string summary, string signature, Action<SourceWriter, VectorDialect> write, bool samplesAsLanes = false)
    {
        var texts = VectorDialect.All.Select(dialect =>
        {
            var writer = new SourceWriter();
            write(writer, dialect);
            return writer.ToString().TrimEnd('\n');
        }).ToArray();
        if (!_names.TryGetValue(texts[0], out var name))
        {
            name = hint;
            for (var suffix = 2; !_taken.Add(name); suffix++)
            {
                name = $"{hint}_{suffix}";
            }

            _names[texts[0]] = name;
            _kernels.Add((name, summary, signature, samplesAsLanes, [.. texts.Select(t => t.Replace(Name, name))]));
        }

        return name;
    }

    /// <summary>Adds a method that kernels call, or finds it.</summary>
    public string AddPart(string hint, string summary, Action<SourceWriter, VectorDialect> write) => Add(hint, summary, "", write);

    /// <summary>Writes the class of one width.</summary>
    public void WriteKernels(SourceWriter writer, VectorDialect dialect)
    {
        var width = Array.IndexOf(VectorDialect.All, dialect);
        for (var i = 0; i < _kernels.Count; i++)
        {
            if (i > 0)
            {
                writer.Line();
            }

            foreach (var line in _kernels[i].Summary.Split('\n'))
            {
                writer.Line($"// {line}");
            }

            writer.Line(_kernels[i].Texts[width]);
        }
    }

    /// <summary>Writes the methods that choose a width; the compiler keeps the branch that fits the machine.</summary>
    public void WriteDispatch(SourceWriter writer, Func<VectorDialect, string> className)
    {
        var kernels = _kernels.Where(k => k.Signature.Length > 0).ToList();
        for (var i = 0; i < kernels.Count; i++)
        {
            var (name, summary, signature, samplesAsLanes, _) = kernels[i];
            if (i > 0)
            {
                writer.Line();
            }

            var arguments = string.Join(", ", signature.Split(',').Select(p => p.Trim().Split(' ').Last()));
            foreach (var line in summary.Split('\n'))
            {
                writer.Line($"// {line}");
            }

            using (writer.Braces($"private static void {name}({signature})"))
            {
                for (var d = 0; d < VectorDialect.All.Length; d++)
                {
                    var dialect = VectorDialect.All[d];
                    var condition = d == VectorDialect.All.Length - 1 ? "else" : $"{(d == 0 ? "" : "else ")}if (Vector{dialect.Bits}.IsHardwareAccelerated{(samplesAsLanes ? $" && rows > {dialect.Lanes / 2}" : "")})";
                    using (writer.Braces(condition))
                    {
                        writer.Line($"{className(dialect)}.{name}({arguments});");
                    }
                }
            }
        }
    }
}
