using StaticNet.Generators.Output;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Writes the sums of a panel of which only what is not zero is kept (<see cref="SparseMatrix"/>), row by row.</summary>
/// <param name="matrix">The matrix.</param>
/// <param name="rowStride">Floats from one row of inputs to the next.</param>
/// <param name="sumStride">Floats from one row of sums to the next.</param>
/// <param name="width">Columns of the panel, 16 or 32.</param>
/// <param name="writer">What is written to.</param>
/// <param name="dialect">The width of vectors.</param>
internal sealed class SparseEmitter(SparseMatrix matrix, int rowStride, int sumStride, int width, SourceWriter writer, VectorDialect dialect)
{
    /// <summary>Steps of a group in one chain of sums: two at a time, none is longer than 512 terms.</summary>
    private const int LongestChain = 1024;

    private readonly int _slots = matrix.Slots;

    private bool HasLongSums { get; } = matrix.FirstSteps.Zip(matrix.FirstSteps.Skip(1), (first, end) => end - first).Max() > LongestChain;

    private IEnumerable<int> Parts => Enumerable.Range(0, dialect.Parts);

    /// <summary>The sums of one part: those of two steps apart, so that none waits for the one before it.</summary>
    private IEnumerable<string> Sums(int part) => Enumerable.Range(0, 2 * _slots).Select(slot => Sum(slot, part));

    public void Write()
    {
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"private static void {KernelLibrary.Name}(ref float a, ref float b, ref float c, nuint rows, nuint panel)"))
        {
            writer.Line($"ref var firstSteps = ref Address.First({matrix.Name}.FirstSteps);");
            using (writer.Braces("for (nuint row = 0; row < rows; row++)"))
            {
                writer.Line($"ref var x = ref Unsafe.Add(ref a, row * {rowStride});");
                writer.Line($"ref var sums = ref Unsafe.Add(ref c, row * {sumStride});");
                using (writer.Braces($"for (nuint group = 0; group < {width / SparseMatrix.Lanes}; group++)"))
                {
                    WriteGroup();
                }
            }
        }
    }

    private void WriteGroup()
    {
        writer.Line("var step = (nuint)Unsafe.Add(ref firstSteps, (panel * 2) + group);");
        writer.Line("var end = (nuint)Unsafe.Add(ref firstSteps, (panel * 2) + group + 1);");
        writer.Line($"ref var block = ref Unsafe.Add(ref Address.First({matrix.Name}.Blocks), step);");
        writer.Line($"ref var places = ref Unsafe.Add(ref Address.First({matrix.Name}.Places), step * 16);");
        writer.Line($"ref var weights = ref Unsafe.Add(ref b, step * {16 * _slots});");
        if (!HasLongSums)
        {
            WriteSums("end");
            foreach (var part in Parts)
            {
                writer.Line($"{Total(part)}.StoreUnsafe(ref sums, {Place(part)});");
            }

            return;
        }

        writer.Line($"{dialect.Type} {string.Join(", ", Parts.Select(part => $"total{part} = {dialect.Zero}"))};");
        using (writer.Braces("while (step < end)"))
        {
            writer.Line($"var stop = Math.Min(end, step + {LongestChain});");
            WriteSums("stop");
            foreach (var part in Parts)
            {
                writer.Line($"total{part} += {Total(part)};");
            }
        }

        foreach (var part in Parts)
        {
            writer.Line($"total{part}.StoreUnsafe(ref sums, {Place(part)});");
        }
    }

    private void WriteSums(string end)
    {
        foreach (var part in Parts)
        {
            writer.Line($"{dialect.Type} {string.Join(", ", Sums(part).Select(sum => $"{sum} = {dialect.Zero}"))};");
        }

        using (writer.Braces($"for (; step + 2 <= {end}; step += 2)"))
        {
            WriteStep(0);
            WriteStep(1);
            writer.Line("block = ref Unsafe.Add(ref block, 2);");
            writer.Line("places = ref Unsafe.Add(ref places, 32);");
            writer.Line($"weights = ref Unsafe.Add(ref weights, {32 * _slots});");
        }

        using (writer.Braces($"if (step < {end})"))
        {
            WriteStep(0);
            if (HasLongSums)
            {
                writer.Line("step++;");
            }
        }
    }

    private void WriteStep(int turn)
    {
        writer.Line($"ref var x{turn} = ref Unsafe.Add(ref x, Unsafe.Add(ref block, {turn}));");
        foreach (var part in Parts)
        {
            var places = Declare($"p{turn}{part}", $"{dialect.Class}.LoadUnsafe(ref places, {(16 * turn) + (part * dialect.Lanes)})");
            for (var slot = 0; slot < _slots; slot++)
            {
                var sum = Sum((turn * _slots) + slot, part);
                var weights = dialect.Load("weights", $"{(16 * ((turn * _slots) + slot)) + (part * dialect.Lanes)}");
                var inputs = $"Lanes.Pick(ref x{turn}, {(slot == 0 ? places : $"{places} >>> {4 * slot}")})";
                writer.Line($"{sum} = {dialect.MultiplyAdd(inputs, weights, sum)};");
            }
        }
    }

    private string Total(int part)
    {
        List<string> sums = [.. Sums(part)];
        while (sums.Count > 1)
        {
            sums = [.. Enumerable.Range(0, (sums.Count + 1) / 2).Select(i => (2 * i) + 1 < sums.Count ? $"({sums[2 * i]} + {sums[(2 * i) + 1]})" : sums[2 * i])];
        }

        return sums[0];
    }

    private string Sum(int slot, int part) => dialect.Parts == 1 ? $"s{slot}" : $"s{slot}_{part}";

    private string Place(int part) => part == 0 ? "group * 16" : $"(group * 16) + {part * dialect.Lanes}";

    private string Declare(string name, string value)
    {
        writer.Line($"var {name} = {value};");
        return name;
    }
}
