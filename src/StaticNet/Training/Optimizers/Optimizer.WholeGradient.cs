using StaticNet.Execution;

namespace StaticNet;

public abstract partial class Optimizer
{
    private WholeGradient? _whole;

    /// <summary>Applies a whole gradient arena: clipping by norm first, then every parameter.</summary>
    internal void ApplyAll(nint gradients, int threads)
    {
        _whole ??= new WholeGradient(this, _network!.Info);
        _whole.Apply(gradients, threads);
    }

    /// <summary>
    /// The update of all parameters, cut into chunks by their shapes alone. The squares of the norm are added in double precision in 16
    /// sums a chunk, these pairwise, and chunk after chunk: the same bits for any number of threads.
    /// </summary>
    private sealed class WholeGradient : ParallelWork
    {
        private const int ChunkFloats = 16384;
        private const int NormStage = 0;
        private const int UpdateStage = 1;

        private readonly Optimizer _optimizer;
        private readonly (long Offset, int Length)[] _chunks;
        private readonly double[] _squares;
        private nint _gradients;
        private float _scale;

        public WholeGradient(Optimizer optimizer, NetworkInfo info)
        {
            _optimizer = optimizer;
            _chunks = [.. info.Parameters.Where(parameter => !parameter.IsState).SelectMany(Cut)];
            _squares = new double[_chunks.Length];
        }

        public void Apply(nint gradients, int threads)
        {
            _gradients = gradients;
            _scale = 1;
            if (_optimizer._clipNorm is { } bound)
            {
                WorkerPool.Run(this, NormStage, _chunks.Length, threads);
                var squares = 0.0;
                foreach (var sum in _squares)
                {
                    squares += sum;
                }

                var ratio = bound / (Math.Sqrt(squares) + 1e-6);
                _scale = ratio >= 1 ? 1 : (float)ratio;
            }

            WorkerPool.Run(this, UpdateStage, _chunks.Length, threads);
        }

        public override void Execute(int stage, int chunk, int worker)
        {
            var (offset, length) = _chunks[chunk];
            var shaping = _optimizer._shapings!.At(offset) with { Scale = _scale };
            var slice = _optimizer.Slice(offset, length, _gradients + (nint)(offset * sizeof(float)), shaping);
            if (stage == NormStage)
            {
                _squares[chunk] = Squares(slice);
            }
            else
            {
                _optimizer.Update(slice);
            }
        }

        private static double Squares(in Slice slice)
        {
            Span<double> sums = stackalloc double[ParameterLayout.Lanes];
            sums.Clear();
            UpdateKernel.AddSquares(slice, ref sums[0]);
            return LaneSums.Fold(sums);
        }

        private static IEnumerable<(long Offset, int Length)> Cut(ParameterInfo parameter)
        {
            for (var done = 0L; done < parameter.Layout.Length; done += ChunkFloats)
            {
                yield return (parameter.Offset + done, (int)Math.Min(ChunkFloats, parameter.Layout.Length - done));
            }
        }
    }
}
