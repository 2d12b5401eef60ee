using StaticNet.Generators.Output;
using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>Writes the sums of a panel of which only what is not zero is kept (<see cref="SparseMatrix"/>), row by row.</summary>
/// <param name="matrix">The matrix for this width.</param>
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
    private readonly int _lanes = matrix.Lanes;

    private bool HasLongSums { get; } = matrix.FirstSteps.Zip(matrix.FirstSteps.Skip(1), (first, end) => end - first).Max() > LongestChain;

    /// <summary>Those of two steps are apart, so that none waits for the one before it.</summary>
    private IEnumerable<string> Sums => Enumerable.Range(0, 2 * _slots).Select(slot => $"s{slot}");

    public void Write()
    {
        writer.Line(KernelLibrary.Optimized);
        using (writer.Braces($"private static void {KernelLibrary.Name}(ref float a, ref float matrices, ref float c, nuint rows, nuint panel)"))
        {
            writer.Line($"ref var firstSteps = ref Unsafe.As<float, int>(ref Unsafe.Add(ref matrices, {matrix.FirstStepsOffset}));");
            using (writer.Braces("for (nuint row = 0; row < rows; row++)"))
            {
                writer.Line($"ref var x = ref Unsafe.Add(ref a, row * {rowStride});");
                writer.Line($"ref var sums = ref Unsafe.Add(ref c, row * {sumStride});");
                using (writer.Braces($"for (nuint group = 0; group < {width / _lanes}; group++)"))
                {
                    writer.Line($"var step = (nuint)Unsafe.Add(ref firstSteps, (panel * {Padding.PanelWidth / _lanes}) + group);");
                    writer.Line($"var end = (nuint)Unsafe.Add(ref firstSteps, (panel * {Padding.PanelWidth / _lanes}) + group + 1);");
                    writer.Line($"ref var block = ref Unsafe.As<float, int>(ref Unsafe.Add(ref matrices, {matrix.BlocksOffset} + step));");
                    writer.Line($"ref var places = ref Unsafe.As<float, int>(ref Unsafe.Add(ref matrices, {matrix.PlacesOffset} + (step * {_lanes})));");
                    writer.Line($"ref var weights = ref Unsafe.Add(ref matrices, {matrix.Offset} + (step * {_lanes * _slots}));");
                    WriteGroup();
                }
            }
        }
    }

    private void WriteGroup()
    {
        if (!HasLongSums)
        {
            WriteSums("end");
            writer.Line($"{Total()}.StoreUnsafe(ref sums, group * {_lanes});");
            return;
        }

        writer.Line($"var total = {dialect.Zero};");
        using (writer.Braces("while (step < end)"))
        {
            writer.Line($"var stop = Math.Min(end, step + {LongestChain});");
            WriteSums("stop");
            writer.Line($"total += {Total()};");
        }

        writer.Line($"total.StoreUnsafe(ref sums, group * {_lanes});");
    }

    private void WriteSums(string end)
    {
        writer.Line($"{dialect.Type} {string.Join(", ", Sums.Select(sum => $"{sum} = {dialect.Zero}"))};");
        using (writer.Braces($"for (; step + 2 <= {end}; step += 2)"))
        {
            WriteStep(0);
            WriteStep(1);
            writer.Line("block = ref Unsafe.Add(ref block, 2);");
            writer.Line($"places = ref Unsafe.Add(ref places, {2 * _lanes});");
            writer.Line($"weights = ref Unsafe.Add(ref weights, {2 * _lanes * _slots});");
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
        writer.Line($"ref var x{turn} = ref Unsafe.Add(ref x, {(turn == 0 ? "block" : $"Unsafe.Add(ref block, {turn})")});");
        writer.Line($"var p{turn} = {dialect.Class}.LoadUnsafe(ref places, {turn * _lanes});");
        for (var slot = 0; slot < _slots; slot++)
        {
            var sum = $"s{(turn * _slots) + slot}";
            var places = slot == 0 ? $"p{turn}" : $"p{turn} >>> {matrix.PlaceBits * slot}";
            var weights = dialect.Load("weights", $"{_lanes * ((turn * _slots) + slot)}");
            writer.Line($"{sum} = {dialect.MultiplyAdd($"Lanes.Pick(ref x{turn}, {places})", weights, sum)};");
        }
    }

    private string Total()
    {
        List<string> sums = [.. Sums];
        while (sums.Count > 1)
        {
            sums = [.. Enumerable.Range(0, (sums.Count + 1) / 2).Select(i => (2 * i) + 1 < sums.Count ? $"({sums[2 * i]} + {sums[(2 * i) + 1]})" : sums[2 * i])];
        }

        return sums[0];
    }
}
