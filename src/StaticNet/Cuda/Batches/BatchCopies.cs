using StaticNet.Execution;

namespace StaticNet.Cuda;

/// <summary>Copies between a batch in the host's memory and the pinned memory of a slot.</summary>
internal static unsafe class BatchCopies
{
    /// <summary>Writes what the programs read.</summary>
    /// <returns>The range that was written.</returns>
    public static BytesRange Write(NetworkInfo info, in HostBatch batch, BatchLayout layout, nint pinned)
    {
        var written = default(BytesRange);
        if (batch.SampleWeights == 0)
        {
            var weights = layout.Part(CudaSpace.SampleWeights);
            new Span<float>((void*)(pinned + (nint)weights.Offset), (int)(weights.Length / sizeof(float))).Fill(1f / batch.Batch);
            written = weights;
        }

        Copy(batch.SampleWeights, CudaSpace.SampleWeights);
        Copy(batch.Target, CudaSpace.Target);
        Copy(batch.OutputGradient, CudaSpace.OutputGradient);
        for (var i = 0; i < info.InputSizes.Length; i++)
        {
            Copy(batch.Inputs.Of(i), CudaSpace.Input, i);
        }

        return written;

        void Copy(nint from, CudaSpace space, int ordinal = 0)
        {
            var part = layout.Part(space, ordinal);
            if (from != 0 && part.Length > 0)
            {
                Buffer.MemoryCopy((void*)from, (void*)(pinned + (nint)part.Offset), part.Length, part.Length);
                written = written.With(part);
            }
        }
    }

    /// <summary>Reads what has come back and is wanted.</summary>
    public static void Read(NetworkInfo info, in HostBatch batch, BatchLayout layout, nint pinned)
    {
        Copy(batch.Losses, CudaSpace.Losses);
        Copy(batch.Output, CudaSpace.Output);
        for (var i = 0; i < info.InputSizes.Length; i++)
        {
            Copy(batch.InputGradients.Of(i), CudaSpace.InputGradient, i);
        }

        void Copy(nint to, CudaSpace space, int ordinal = 0)
        {
            var part = layout.Part(space, ordinal);
            if (to != 0 && part.Length > 0)
            {
                Buffer.MemoryCopy((void*)(pinned + (nint)part.Offset), (void*)to, part.Length, part.Length);
            }
        }
    }

    /// <summary>The sum of the samples' losses, in their order.</summary>
    public static double Losses(BatchLayout layout, nint pinned)
    {
        var (sum, part) = (0.0, layout.Part(CudaSpace.Losses));
        foreach (var loss in new ReadOnlySpan<float>((void*)(pinned + (nint)part.Offset), (int)(part.Length / sizeof(float))))
        {
            sum += loss;
        }

        return sum;
    }
}
