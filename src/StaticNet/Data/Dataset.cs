using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StaticNet.Execution;

namespace StaticNet;

/// <summary>Samples with their targets, in memory. Made as <see cref="Dataset{TInput, TTarget}"/>.</summary>
public abstract class Dataset
{
    private protected Dataset(float[][] inputs, int[] inputSizes, Array targets, int targetSize, int[]? order)
    {
        (Inputs, InputSizes, Targets, TargetSize, Order) = (inputs, inputSizes, targets, targetSize, order);
        Count = order?.Length ?? inputs[0].Length / inputSizes[0];
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>Each input's values, sample after sample.</summary>
    internal float[][] Inputs { get; }

    /// <summary>Floats a sample of each input.</summary>
    internal int[] InputSizes { get; }

    /// <summary>Class indices (<c>int[]</c>) or vectors (<c>float[]</c>), sample after sample.</summary>
    internal Array Targets { get; }

    /// <summary>Where each sample of this data set is stored; null when all are, in order.</summary>
    internal int[]? Order { get; }

    /// <summary>Elements a sample of <see cref="Targets"/>.</summary>
    internal int TargetSize { get; }

    /// <summary>A data set for auto-encoders: each sample is its own target.</summary>
    /// <param name="inputs">Sample after sample; kept, not copied.</param>
    /// <exception cref="ArgumentException">No whole number of samples, or a value that is not finite.</exception>
    public static Dataset<TInput, TInput> Autoencoder<TInput>(float[] inputs)
        where TInput : IShape, ITarget => new(inputs, inputs);

    /// <summary>Where sample <paramref name="index"/> of this data set is stored.</summary>
    internal int Stored(int index) => Order is null ? index : Order[index];

    /// <summary>The places where all samples are stored, in this data set's order.</summary>
    internal void CopyOrder(Span<int> places)
    {
        if (Order is not null)
        {
            Order.CopyTo(places);
            return;
        }

        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }
    }

    /// <summary>The class of a stored sample.</summary>
    internal int Label(int place) => ((int[])Targets)[place];

    /// <summary>Copies the target of a stored sample.</summary>
    internal unsafe void CopyTarget(int place, nint destination)
    {
        var bytes = TargetSize * sizeof(float);
        ref var first = ref MemoryMarshal.GetArrayDataReference(Targets);
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref first, (nint)place * bytes), bytes)
            .CopyTo(new Span<byte>((void*)destination, bytes));
    }

    /// <summary>Copies one input of a stored sample.</summary>
    internal unsafe void CopyInput(int input, int place, nint destination)
    {
        var size = InputSizes[input];
        Inputs[input].AsSpan(place * size, size).CopyTo(new Span<float>((void*)destination, size));
    }

    /// <summary>Storage places of samples [start, start + count).</summary>
    private protected int[] Places(int start, int count)
    {
        var places = new int[count];
        for (var i = 0; i < count; i++)
        {
            places[i] = Stored(start + i);
        }

        return places;
    }

    /// <summary>Storage places in an order that the seed decides.</summary>
    private protected int[] ShuffledPlaces(int seed)
    {
        var places = Places(0, Count);
        Shuffling.Shuffle(places, seed, 0);
        return places;
    }
}
