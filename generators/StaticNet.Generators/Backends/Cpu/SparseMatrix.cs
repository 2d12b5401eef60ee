using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// A weight matrix of mostly zeros in the order in which <see cref="SparseEmitter"/> reads it with vectors of one width: sliced ELL (Monakov,
/// Lokhmotov and Avetisyan, "Automatically tuning sparse matrix-vector multiplication for GPU architectures", 2010) over blocks.
/// </summary>
/// <remarks>
/// A lane is an output. A block has as many inputs as one instruction permutes, so that they are picked in registers instead of gathered from
/// memory. A slot of a block has a weight for each lane, and a few bits that say which of the inputs goes with it; the bits of the slots of a
/// step are one integer a lane. A block takes as many steps as its fullest lane needs; what is left of them has weights of zero.
/// </remarks>
/// <param name="Lanes">Outputs that are computed together: the floats of a vector.</param>
/// <param name="PlaceBits">Bits that tell the inputs of a block apart.</param>
/// <param name="Slots">Slots of a step.</param>
/// <param name="FirstSteps">Where the steps of each group of outputs begin, and behind the last where they end.</param>
/// <param name="Blocks">The first input of each step.</param>
/// <param name="Places">For each step and lane the inputs of its slots, the first in the lowest bits.</param>
/// <param name="Weights">For each step, slot and lane.</param>
internal sealed record SparseMatrix(int Lanes, int PlaceBits, int Slots, int[] FirstSteps, int[] Blocks, int[] Places, float[] Weights)
{
    /// <summary>What a step costs besides its slots, in slots: it loads places, and where its inputs are.</summary>
    private const double StepCost = 1.5;

    /// <summary>What a slot costs, in what dense code needs for one input and a vector of outputs.</summary>
    private const double SlotCost = 1.5;

    /// <summary>Where it begins among the matrices of the width, in elements: weights come first.</summary>
    public int Offset { get; init; }

    public int PlacesOffset => Offset + Weights.Length;

    public int FirstStepsOffset => PlacesOffset + Places.Length;

    public int BlocksOffset => FirstStepsOffset + FirstSteps.Length;

    public int EndOffset => BlocksOffset + Blocks.Length;

    public int NonZeros => Weights.Count(weight => weight != 0);

    /// <summary>Whether this takes less time than all weights, zeros too.</summary>
    public bool Pays(int inputs) => Slots * Blocks.Length * SlotCost * (1 + (StepCost / Slots)) < (double)(FirstSteps.Length - 1) * inputs;

    /// <param name="outputs">Rows.</param>
    /// <param name="inputs">Columns.</param>
    /// <param name="values">Row by row.</param>
    /// <param name="dialect">The width.</param>
    public static SparseMatrix Of(int outputs, int inputs, float[] values, VectorDialect dialect)
    {
        var (lanes, bits) = (dialect.Lanes, dialect.PlaceBits);
        var size = 1 << bits;
        var groups = Padding.To16(outputs) / lanes;

        // A block is loaded whole: the last one begins where it ends with the inputs.
        int[] starts = [.. Enumerable.Range(0, (inputs + size - 1) / size).Select(block => Math.Max(0, Math.Min(block * size, inputs - size)))];
        int[][][] found = [.. Enumerable.Range(0, groups * lanes).Select(output => starts.Select((_, block) => NonZerosOf(output, block * size)).ToArray())];
        var depths = Enumerable.Range(0, groups).SelectMany(group => starts.Select((_, block) => Lanes(group).Max(output => found[output][block].Length))).ToArray();
        var slots = Enumerable.Range(1, 32 / bits).OrderBy(count => depths.Sum(depth => (depth + count - 1) / count * (count + StepCost))).First();

        var (firstSteps, blocks, places, weights) = (new List<int>(), new List<int>(), new List<int>(), new List<float>());
        for (var group = 0; group < groups; group++)
        {
            firstSteps.Add(blocks.Count);
            for (var block = 0; block < starts.Length; block++)
            {
                for (var first = 0; first < depths[(group * starts.Length) + block]; first += slots)
                {
                    blocks.Add(starts[block]);
                    places.AddRange(Lanes(group).Select(output => PlacesOf(found[output][block].Skip(first).Take(slots), starts[block])));
                    for (var slot = first; slot < first + slots; slot++)
                    {
                        weights.AddRange(Lanes(group).Select(output => found[output][block] is var columns && slot < columns.Length ? values[(output * inputs) + columns[slot]] : 0));
                    }
                }
            }
        }

        return new SparseMatrix(lanes, bits, slots, [.. firstSteps, blocks.Count], [.. blocks], [.. places], [.. weights]);

        IEnumerable<int> Lanes(int group) => Enumerable.Range(group * lanes, lanes);

        int[] NonZerosOf(int output, int first) => output >= outputs ? []
            : [.. Enumerable.Range(first, Math.Min(size, inputs - first)).Where(input => values[(output * inputs) + input] != 0)];

        int PlacesOf(IEnumerable<int> columns, int start) => columns.Select((input, slot) => (input - start) << (bits * slot)).Aggregate(0, (all, place) => all | place);
    }
}
