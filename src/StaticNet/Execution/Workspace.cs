using System.ComponentModel;

namespace StaticNet.Execution;

/// <summary>
/// One run of a network's program: where its data lies and which kernel makes which part of it. The generated network derives from
/// it. A program is a sequence of stages; a stage is cut into chunks by shape and batch alone, so that results do not depend on how
/// many threads share them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Workspace : ParallelWork, IDisposable
{
    private readonly Sharing?[] _sharings = new Sharing?[Enum.GetValues<ProgramKind>().Length];
    private AlignedMemory? _arena;
    private AlignedMemory? _gradientChunks;
    private AlignedMemory? _scratch;

    /// <summary>Which program runs.</summary>
    public ProgramKind Program { get; internal set; }

    /// <summary>Samples in this run.</summary>
    public int Batch { get; internal set; }

    /// <summary>The work area of intermediate values.</summary>
    protected nint Arena { get; private set; }

    /// <summary>The parameter arena.</summary>
    protected internal nint Parameters { get; internal set; }

    /// <summary>The values that a frozen network has in its code.</summary>
    protected internal nint Constants { get; internal set; }

    /// <summary>Its matrices of mostly zeros.</summary>
    protected internal nint Matrices { get; internal set; }

    /// <summary>The gradient arena, in the order of the parameters.</summary>
    protected internal nint Gradients { get; internal set; }

    /// <summary>Whether gradients are added to what is there.</summary>
    protected internal bool Accumulate { get; internal set; }

    /// <summary>The first inputs; a program reads as many as the network declares.</summary>
    protected internal nint Input0 { get; internal set; }

    /// <summary>The second input.</summary>
    protected internal nint Input1 { get; internal set; }

    /// <summary>The third input.</summary>
    protected internal nint Input2 { get; internal set; }

    /// <summary>The fourth input.</summary>
    protected internal nint Input3 { get; internal set; }

    /// <summary>Where the output or the predictions go.</summary>
    protected internal nint Output { get; internal set; }

    /// <summary>Class indices or vectors.</summary>
    protected internal nint Target { get; internal set; }

    /// <summary>The weight of each sample in the loss.</summary>
    protected internal nint SampleWeights { get; internal set; }

    /// <summary>Where the weighted loss of each sample goes.</summary>
    protected internal nint Losses { get; internal set; }

    /// <summary>The gradient of the output, given by the user.</summary>
    protected internal nint OutputGradient { get; internal set; }

    /// <summary>Where the gradient of the first input goes; zero when nobody wants it.</summary>
    protected internal nint InputGradient0 { get; internal set; }

    /// <summary>Where the gradient of the second input goes.</summary>
    protected internal nint InputGradient1 { get; internal set; }

    /// <summary>Where the gradient of the third input goes.</summary>
    protected internal nint InputGradient2 { get; internal set; }

    /// <summary>Where the gradient of the fourth input goes.</summary>
    protected internal nint InputGradient3 { get; internal set; }

    /// <summary>The key of the random numbers: the network's seed.</summary>
    protected internal ulong RandomKey { get; internal set; }

    /// <summary>Counts training steps, so that each has its own random numbers.</summary>
    protected internal ulong RandomStep { get; internal set; }

    /// <summary>When set, each finished piece of a parameter's gradient is applied at once and need not be kept.</summary>
    internal Optimizer? Update { get; set; }

    /// <summary>Its place in the pool.</summary>
    internal int Home { get; set; }

    /// <summary>Stages of a program.</summary>
    public abstract int Stages(ProgramKind program);

    /// <summary>Chunks of a stage of the current program at the current batch.</summary>
    public abstract int Chunks(int stage);

    /// <summary>Multiply-adds, or what takes as long, of a stage for one sample: small stages stay on one thread.</summary>
    public abstract long Work(int stage);

    /// <summary>Floats of work area that a program needs.</summary>
    public abstract long ArenaFloats(ProgramKind program, int batch);

    /// <summary>Floats of the largest piece of gradient that one chunk makes.</summary>
    public abstract int GradientChunkFloats { get; }

    /// <summary>Floats that each thread needs for itself while it works on a chunk.</summary>
    public abstract int ScratchFloats { get; }

    /// <summary>A place in the work area: behind so many floats, and so many more for each sample.</summary>
    protected nint At(long fixedFloats, long sampleFloats) =>
        Arena + (nint)((fixedFloats + (sampleFloats * Batch)) * sizeof(float));

    /// <summary>Memory of a thread's own.</summary>
    protected nint Scratch(int worker) => _scratch!.Address + (worker * ScratchStride * sizeof(float));

    /// <summary>A place in the parameter arena.</summary>
    protected nint ParametersAt(long offset) => Parameters + (nint)(offset * sizeof(float));

    /// <summary>A place among the values that a frozen network has in its code.</summary>
    protected nint ConstantsAt(long offset) => Constants + (nint)(offset * sizeof(float));

    /// <summary>Floats of a work area of fixed places and places for each sample; rows may be read up to the end of a vector.</summary>
    protected static long AreaFloats(int batch, long fixedFloats, long sampleFloats) =>
        fixedFloats + (sampleFloats * batch) + (2 * ParameterLayout.Lanes);

    /// <summary>How many chunks the rows of all samples make: never a last one of few rows.</summary>
    protected int RowChunks(int rowsPerSample, int rowsPerChunk) => Math.Max(1, Batch * rowsPerSample / rowsPerChunk);

    /// <summary>The rows of a chunk; the last takes what remains.</summary>
    protected (nuint First, nuint Count) RowChunk(int chunk, int rowsPerSample, int rowsPerChunk)
    {
        var first = chunk * rowsPerChunk;
        var all = Batch * rowsPerSample;
        return ((nuint)first, (nuint)(chunk == RowChunks(rowsPerSample, rowsPerChunk) - 1 ? all - first : rowsPerChunk));
    }

    /// <summary>
    /// How many chunks the rows of all samples make where few rows are shared out too: eight, or four or two where those would
    /// have fewer than <paramref name="fewest"/> rows each, or more where they would have more than <paramref name="most"/>.
    /// </summary>
    protected int RowChunks(int rowsPerSample, int fewest, int most) => RowChunks(rowsPerSample, RowsOfChunk(rowsPerSample, fewest, most));

    /// <summary>The rows of such a chunk; the last takes what remains.</summary>
    protected (nuint First, nuint Count) RowChunk(int chunk, int rowsPerSample, int fewest, int most) =>
        RowChunk(chunk, rowsPerSample, RowsOfChunk(rowsPerSample, fewest, most));

    private int RowsOfChunk(int rowsPerSample, int fewest, int most)
    {
        var all = Batch * rowsPerSample;
        var chunks = 8;
        while (chunks > 1 && all / chunks < fewest) chunks /= 2;
        return Math.Clamp(all / chunks, 1, most);
    }

    /// <summary>
    /// Where a chunk writes the gradient of parameters [offset, offset + length): into the gradient arena, or, when it is applied at
    /// once, into a piece of memory of the worker's own that stays in its cache.
    /// </summary>
    protected nint BeginGradient(long offset, int worker) =>
        Update is null ? Gradients + (nint)(offset * sizeof(float)) : _gradientChunks!.Address + (worker * GradientChunkStride * sizeof(float));

    /// <summary>Says that a chunk has written the gradient of [offset, offset + length), there or for another parameter.</summary>
    protected void EndGradient(long offset, int length, nint gradient)
    {
        var place = Gradients + (nint)(offset * sizeof(float));
        if (Update is { } optimizer)
        {
            optimizer.Apply(offset, length, gradient);
        }
        else if (gradient != place)
        {
            Views.CopyRows(gradient, length, 0, place, length, 0, length, 0, 1);
        }
    }

    /// <summary>
    /// Hands on a finished gradient, or a piece of one, that was made in memory of its own: to the optimizer, or into the gradient arena.
    /// Whole vectors of 16.
    /// </summary>
    protected void AddGradient(long offset, int length, nint gradient)
    {
        if (Update is null && Accumulate)
        {
            ColumnSums.Add(gradient, length, Gradients + (nint)(offset * sizeof(float)));
        }
        else
        {
            EndGradient(offset, length, gradient);
        }
    }

    /// <summary>Parts that the rows of all samples are cut into for a sum over them: a few at most, by shape and batch alone.</summary>
    protected int SumParts(int rowsPerSample, int minimumRows, int most = 64) => (int)Math.Clamp((long)Batch * rowsPerSample / minimumRows, 1, most);

    /// <summary>The rows of a part.</summary>
    protected (nuint First, nuint Count) SumPart(int part, int rowsPerSample, int minimumRows, int most = 64)
    {
        var all = (long)Batch * rowsPerSample;
        var parts = SumParts(rowsPerSample, minimumRows, most);
        var first = all * part / parts;
        return ((nuint)first, (nuint)((all * (part + 1) / parts) - first));
    }

    /// <summary>
    /// Folds sums of 16 lanes each, which lie in the order of the parameters, into the gradient of one of them: rows of
    /// <paramref name="columns"/> sums, <paramref name="stride"/> apart.
    /// </summary>
    protected void FoldGradient(nint sums, long offset, int rows, int columns, int stride, int worker)
    {
        var gradient = BeginGradient(offset, worker);
        Lanes.Fold(sums + (nint)(offset * ParameterLayout.Lanes * sizeof(float)), gradient, rows, columns, stride, Accumulate);
        EndGradient(offset, rows * stride, gradient);
    }

    internal void SetInputs(InputAddresses inputs) => (Input0, Input1, Input2, Input3) = (inputs.First, inputs.Second, inputs.Third, inputs.Fourth);

    internal void SetInputGradients(InputAddresses gradients) =>
        (InputGradient0, InputGradient1, InputGradient2, InputGradient3) = (gradients.First, gradients.Second, gradients.Third, gradients.Fourth);

    /// <summary>Runs the current program from one stage to another on up to so many threads.</summary>
    internal void Run(int firstStage, int endStage, int threads)
    {
        if (threads == 1)
        {
            for (var stage = firstStage; stage < endStage; stage++) WorkerPool.Run(this, stage, Chunks(stage), 1);
            return;
        }

        var sharing = _sharings[(int)Program] ??= new Sharing();
        sharing.Begin(Batch);
        for (var stage = firstStage; stage < endStage; stage++)
        {
            WorkerPool.Run(this, stage, Chunks(stage), Batch * Work(stage) >= sharing.Limit ? threads : 1);
        }

        sharing.End();
    }

    /// <summary>Makes room for a program at a batch size.</summary>
    internal void Reserve(ProgramKind program, int batch, int threads)
    {
        var floats = ArenaFloats(program, batch);
        if (floats > 0 && (_arena is null || _arena.Length < floats))
        {
            _arena?.Dispose();
            _arena = null;
            _arena = new AlignedMemory(floats);
            Arena = _arena.Address;
        }

        if (ScratchFloats > 0 && (_scratch is null || _scratch.Length < (long)ScratchStride * threads))
        {
            _scratch?.Dispose();
            _scratch = null;
            _scratch = new AlignedMemory((long)ScratchStride * threads);
        }

        if (Update is not null && (_gradientChunks is null || _gradientChunks.Length < (long)GradientChunkStride * threads))
        {
            _gradientChunks?.Dispose();
            _gradientChunks = null;
            _gradientChunks = new AlignedMemory((long)GradientChunkStride * threads);
        }
    }

    /// <inheritdoc cref="WorkspacePool.Poison"/>
    internal void Poison(float value)
    {
        _arena?.Span.Fill(value);
        _gradientChunks?.Span.Fill(value);
        _scratch?.Span.Fill(value);
    }

    /// <summary>Frees the work areas.</summary>
    public void Dispose()
    {
        _arena?.Dispose();
        _gradientChunks?.Dispose();
        _scratch?.Dispose();
        (_arena, _gradientChunks, _scratch) = (null, null, null);
        GC.SuppressFinalize(this);
    }

    private int ScratchStride => ParameterLayout.PaddedTo16(ScratchFloats) + ParameterLayout.Lanes;

    private int GradientChunkStride => ParameterLayout.PaddedTo16(GradientChunkFloats) + ParameterLayout.Lanes;
}
