using StaticNet.Execution;

namespace StaticNet.Tests.Training;

/// <summary>
/// A network written by hand, scalar and slow: y = W·x + b with the mean squared error, or with softmax and cross-entropy over class
/// indices. It stands for what the generator makes.
/// </summary>
internal sealed class LinearNetwork<TInput, TTarget> : ITrainable<TInput, TTarget>
    where TInput : IShape
    where TTarget : ITarget
{
    public LinearNetwork(NetworkInfo info, int seed = 1) =>
        Core = new NetworkCore(info, seed, () => new LinearWorkspace(info));

    public NetworkCore Core { get; }

    public void Dispose() => Core.Dispose();
}

internal static class LinearNetwork
{
    public static NetworkInfo Describe(int inputs, int outputs, bool classes, double l1 = 0, double l2 = 0)
    {
        var weight = new ParameterInfo("dense1.weight", [outputs, inputs], 0, ParameterLayout.Matrix(outputs, inputs))
        {
            Initializer = InitializerKind.GlorotUniform,
            FanIn = inputs,
            FanOut = outputs,
            L1 = l1,
            L2 = l2,
        };
        var bias = new ParameterInfo("dense1.bias", [outputs], weight.Layout.Length, ParameterLayout.Vector(outputs));
        return new NetworkInfo
        {
            Name = "Linear",
            InputSizes = [inputs],
            OutputSize = outputs,
            TargetSize = classes ? 1 : outputs,
            Classes = classes ? outputs : 0,
            Task = classes ? NetworkTask.Classification : NetworkTask.Regression,
            Parameters = [weight, bias],
            Layers = [new LayerInfo("dense1", $"Dense({outputs})", $"{outputs}", (long)outputs * (inputs + 1), (long)outputs * inputs)],
        };
    }
}

/// <param name="info">The network.</param>
/// <param name="batches">Where the sizes of batches are noted.</param>
internal sealed class LinearWorkspace(NetworkInfo info, HashSet<int>? batches = null) : Workspace
{
    private const int Values = 0;
    private const int Gradient = 1;

    private readonly ParameterInfo _weight = info.Parameters[0];
    private readonly ParameterInfo _bias = info.Parameters[1];
    private readonly int _inputs = info.InputSizes[0];
    private readonly int _outputs = info.OutputSize;

    public override int GradientChunkFloats => (int)Math.Max(_weight.Layout.Length, _bias.Layout.Length);

    public override int ScratchFloats => 0;

    public override int Stages(ProgramKind program) => program == ProgramKind.Train ? 2 : 1;

    public override int Chunks(int stage)
    {
        batches?.Add(Batch);
        return stage == Values ? Batch : 2;
    }

    public override long Work(int stage) => 1_000_000;

    public override long ArenaFloats(ProgramKind program, int batch) => (long)batch * _outputs;

    public override void Execute(int stage, int chunk, int worker)
    {
        if (stage == Gradient)
        {
            MakeGradient(chunk == 0 ? _weight : _bias, chunk == 0, worker);
            return;
        }

        Span<double> y = stackalloc double[_outputs];
        for (var o = 0; o < _outputs; o++)
        {
            y[o] = Float(Parameters, _bias.Offset + o);
            for (var i = 0; i < _inputs; i++)
            {
                y[o] += (double)Float(Parameters, _weight.Offset + _weight.Layout.Index(o, i)) * Float(Input0, (chunk * _inputs) + i);
            }
        }

        if (Program != ProgramKind.Forward && info.Classes > 0)
        {
            Softmax(y);
        }

        if (Output != 0)
        {
            for (var o = 0; o < _outputs; o++)
            {
                Float(Output, (chunk * _outputs) + o) = (float)y[o];
            }
        }

        if (Program is ProgramKind.Train or ProgramKind.Evaluate)
        {
            MakeLoss(chunk, y);
        }
    }

    private void MakeLoss(int sample, ReadOnlySpan<double> predictions)
    {
        var weight = Float(SampleWeights, sample);
        var loss = 0.0;
        for (var o = 0; o < _outputs; o++)
        {
            double gradient;
            if (info.Classes > 0)
            {
                var hit = Address.ToIntRef(Target + (sample * sizeof(int))) == o;
                loss -= hit ? Math.Log(predictions[o]) : 0;
                gradient = predictions[o] - (hit ? 1 : 0);
            }
            else
            {
                var difference = predictions[o] - Float(Target, (sample * _outputs) + o);
                loss += difference * difference / _outputs;
                gradient = 2 * difference / _outputs;
            }

            if (Program == ProgramKind.Train)
            {
                Float(Arena, (sample * _outputs) + o) = (float)(gradient * weight);
            }
        }

        Float(Losses, sample) = (float)(loss * weight);
    }

    private void MakeGradient(ParameterInfo parameter, bool isWeight, int worker)
    {
        var length = (int)parameter.Layout.Length;
        var gradient = BeginGradient(parameter.Offset, worker);
        if (!Accumulate)
        {
            for (var i = 0; i < length; i++)
            {
                Float(gradient, i) = 0;
            }
        }

        for (var o = 0; o < _outputs; o++)
        {
            for (var i = 0; i < (isWeight ? _inputs : 1); i++)
            {
                var sum = 0.0;
                for (var sample = 0; sample < Batch; sample++)
                {
                    sum += (double)Float(Arena, (sample * _outputs) + o) * (isWeight ? Float(Input0, (sample * _inputs) + i) : 1);
                }

                Float(gradient, isWeight ? parameter.Layout.Index(o, i) : o) += (float)sum;
            }
        }

        EndGradient(parameter.Offset, length, gradient);
    }

    private static void Softmax(Span<double> y)
    {
        var (max, sum) = (double.NegativeInfinity, 0.0);
        foreach (var value in y)
        {
            max = Math.Max(max, value);
        }

        foreach (ref var value in y)
        {
            sum += value = Math.Exp(value - max);
        }

        foreach (ref var value in y)
        {
            value /= sum;
        }
    }

    private static ref float Float(nint origin, long index) => ref Address.ToRef(origin + (nint)(index * sizeof(float)));
}
