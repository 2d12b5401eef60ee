namespace StaticNet.Generators.Backends.Cpu;

/// <summary>
/// A weight matrix of mostly zeros in the order in which <see cref="SparseEmitter"/> reads it: sliced ELL (Monakov, Lokhmotov and Avetisyan,
/// "Automatically tuning sparse matrix-vector multiplication for GPU architectures", 2010) over blocks of 16 outputs by 16 inputs.
/// </summary>
/// <remarks>
/// A lane is an output. A slot of a block has for each lane one weight and which of the block's 16 inputs goes with it: 4 bits, so that a
/// vector of integers has the places of eight slots, and the inputs are permuted in a register instead of gathered from memory. A block
/// takes as many slots as its fullest lane needs, in steps of so many slots each; what is left has a weight of zero.
/// </remarks>
/// <param name="Slots">Slots of a step, 1 to 8.</param>
/// <param name="FirstSteps">Where the steps of each group of 16 outputs begin, and behind the last where they end.</param>
/// <param name="Blocks">The first input of each step.</param>
/// <param name="Places">For each step and lane the inputs of its slots, the first in the lowest bits.</param>
/// <param name="Values">For each step, slot and lane its weight.</param>
internal sealed record SparseMatrix(int Slots, int[] FirstSteps, int[] Blocks, uint[] Places, float[] Values)
{
    /// <summary>Outputs that are lanes together, and inputs that are permuted together.</summary>
    public const int Lanes = 16;

    private const int MostSlots = 8;

    /// <summary>What a step costs besides its slots, in slots: it loads inputs, places, and where they begin.</summary>
    private const double StepCost = 2;

    /// <summary>The class in the generated code that has its places and blocks.</summary>
    public string Name { get; init; } = "";

    public int NonZeros => Values.Count(value => value != 0);

    /// <summary>The matrix in this order; null where reading all of it costs no more.</summary>
    /// <param name="outputs">Rows.</param>
    /// <param name="inputs">Columns, as many as there are in a vector at least.</param>
    /// <param name="values">Row by row.</param>
    public static SparseMatrix? Of(int outputs, int inputs, float[] values)
    {
        if (inputs < Lanes)
        {
            return null;
        }

        var groups = (outputs + Lanes - 1) / Lanes;
        var starts = Enumerable.Range(0, (inputs + Lanes - 1) / Lanes).Select(block => Math.Min(block * Lanes, inputs - Lanes)).ToArray();
        var depths = Enumerable.Range(0, groups).Select(group => starts.Select((_, block) => Enumerable.Range(0, Lanes).Max(lane => Inputs(group, block, lane).Count())).ToArray()).ToArray();
        var slots = Enumerable.Range(1, MostSlots).OrderBy(Cost).First();

        // Dense, each input takes a broadcast and a vector of weights for 16 outputs.
        return Cost(slots) < (double)groups * inputs * 0.75 ? Pack() : null;

        double Cost(int count) => depths.Sum(group => group.Sum(depth => (depth + count - 1) / count * (count + StepCost)));

        // The last block may begin before the one before it ends: what that has is not in it again.
        IEnumerable<int> Inputs(int group, int block, int lane)
        {
            var output = (group * Lanes) + lane;
            var (first, end) = (block * Lanes, Math.Min(inputs, (block + 1) * Lanes));
            return output < outputs ? Enumerable.Range(first, end - first).Where(input => values[(output * inputs) + input] != 0) : [];
        }

        SparseMatrix Pack()
        {
            var (firstSteps, blocks, places, weights) = (new List<int>(), new List<int>(), new List<uint>(), new List<float>());
            for (var group = 0; group < groups; group++)
            {
                firstSteps.Add(blocks.Count);
                for (var block = 0; block < starts.Length; block++)
                {
                    int[][] lanes = [.. Enumerable.Range(0, Lanes).Select(lane => Inputs(group, block, lane).ToArray())];
                    for (var first = 0; first < depths[group][block]; first += slots)
                    {
                        blocks.Add(starts[block]);
                        places.AddRange(lanes.Select(found => found.Skip(first).Take(slots)
                            .Select((input, slot) => (uint)(input - starts[block]) << (4 * slot)).Aggregate(0u, (all, place) => all | place)));
                        for (var slot = first; slot < first + slots; slot++)
                        {
                            weights.AddRange(lanes.Select((found, lane) => slot < found.Length ? values[(((group * Lanes) + lane) * inputs) + found[slot]] : 0));
                        }
                    }
                }
            }

            return new SparseMatrix(slots, [.. firstSteps, blocks.Count], [.. blocks], [.. places], [.. weights]);
        }
    }
}
