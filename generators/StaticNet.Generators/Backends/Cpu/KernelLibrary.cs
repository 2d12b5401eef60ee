using StaticNet.Generators.Output;
using StaticNet.Generators.Parsing;

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
    private readonly List<Method> _methods = [];

    /// <summary>Adds a kernel, or finds it, and gives its name.</summary>
    /// <param name="hint">The name it should have.</param>
    /// <param name="summary">What it computes, for the comment above it.</param>
    /// <param name="signature">Its parameters.</param>
    /// <param name="write">Writes its methods for one width under <see cref="Name"/>.</param>
    /// <param name="samplesAsLanes">Whether few rows are done with narrow vectors.</param>
    public string Add(string hint, string summary, string signature, Action<SourceWriter, VectorDialect> write, bool samplesAsLanes = false)
    {
        // Equal at the widest is equal at all: most are known then, and their other texts need not be written.
        var widest = Text(VectorDialect.All[0]);
        if (!_names.TryGetValue(widest, out var name))
        {
            string[] texts = [widest, .. VectorDialect.All.Skip(1).Select(Text)];
            name = hint;
            for (var suffix = 2; !_taken.Add(name); suffix++)
            {
                name = $"{hint}_{suffix}";
            }

            _names[widest] = name;
            _methods.Add(new(name, summary, signature, samplesAsLanes, [.. texts.Select(t => t.Replace(Name, name))]));
        }

        return name;

        string Text(VectorDialect dialect)
        {
            var writer = new SourceWriter();
            write(writer, dialect);
            return writer.ToString().TrimEnd('\n');
        }
    }

    /// <summary>Adds a method that kernels call, or finds it.</summary>
    public string AddPart(string hint, string summary, Action<SourceWriter, VectorDialect> write) => Add(hint, summary, "", write);

    /// <summary>The kernels of each width, a class to a file.</summary>
    public IEnumerable<GeneratedFile> Files(NetworkSpec spec) => VectorDialect.All.Select(dialect => GeneratedFile.OfKernels(spec, $".{dialect.Kernels}", writer =>
    {
        writer.Line($"// {spec.Name} with vectors of {dialect.Bits} bits.");
        using (writer.Braces($"internal static class {GeneratedFile.Identifier(spec)}_{dialect.Kernels}"))
        {
            WriteKernels(writer, dialect);
        }
    }));

    private void WriteKernels(SourceWriter writer, VectorDialect dialect)
    {
        var width = Array.IndexOf(VectorDialect.All, dialect);
        Write(writer, _methods.Where(method => !method.IsOfAllWidths), method =>
        {
            method.WriteSummary(writer);
            writer.Line(method.Texts[width].Replace("private static void", "internal static void"));
        });
    }

    /// <summary>
    /// Writes the methods that choose a width, where the compiler keeps the branch that fits the machine, and those that have nothing of a
    /// width themselves.
    /// </summary>
    public void WriteDispatch(SourceWriter writer) => Write(writer, _methods, method =>
    {
        if (method.IsOfAllWidths)
        {
            method.WriteSummary(writer);
            writer.Line(method.Texts[0].Replace("internal static void", "private static void"));
            return;
        }

        if (method.IsPart)
        {
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        }

        using (writer.Braces($"private static void {method.Name}({method.Parameters})"))
        {
            for (var d = 0; d < VectorDialect.All.Length; d++)
            {
                var dialect = VectorDialect.All[d];
                var condition = d == VectorDialect.All.Length - 1 ? "else" : $"{(d == 0 ? "" : "else ")}if (Vector{dialect.Bits}.IsHardwareAccelerated{(method.SamplesAsLanes ? $" && rows > {dialect.Lanes / 2}" : "")})";
                using (writer.Braces(condition))
                {
                    writer.Line($"{dialect.Kernels}.{method.Name}({method.Arguments});");
                }
            }
        }
    });

    private static void Write(SourceWriter writer, IEnumerable<Method> methods, Action<Method> write)
    {
        var isFirst = true;
        foreach (var method in methods)
        {
            if (!isFirst)
            {
                writer.Line();
            }

            isFirst = false;
            write(method);
        }
    }

    /// <summary>A kernel, or with an empty signature a part of kernels, which says its parameters in its text.</summary>
    private sealed record Method(string Name, string Summary, string Signature, bool SamplesAsLanes, string[] Texts)
    {
        public bool IsPart => Signature.Length == 0;

        /// <summary>Whether it is the same text at every width: loops around parts.</summary>
        public bool IsOfAllWidths { get; } = Texts.All(text => text == Texts[0]);

        public string Parameters => IsPart ? InBrackets(Texts[0], $"static void {Name}(") : Signature;

        /// <summary>What passes the parameters on; references stay references.</summary>
        public string Arguments => string.Join(", ", Parameters.Split(',').Select(p => p.Trim().Split(' ') is var words && words[0] == "ref" ? $"ref {words.Last()}" : words.Last()));

        public void WriteSummary(SourceWriter writer)
        {
            foreach (var line in Summary.Split('\n'))
            {
                writer.Line($"// {line}");
            }
        }

        private static string InBrackets(string text, string before)
        {
            var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
            return text.Substring(start, text.IndexOf(')', start) - start);
        }
    }
}
