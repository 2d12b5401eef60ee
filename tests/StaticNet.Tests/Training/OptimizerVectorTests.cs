using System.Text.Json;
using StaticNet.Conformance;
using StaticNet.Execution;

namespace StaticNet.Tests.Training;

/// <summary>Optimizers against what PyTorch computes in double precision.</summary>
public class OptimizerVectorTests
{
    private static readonly VectorFile s_file = VectorFile.Open("optimizers");

    public static TheoryData<string> Cases => [.. s_file.Described("optimizer")];

    public static TheoryData<string> Clippings => [.. s_file.Described("clipping")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_agree_with_PyTorch(string name)
    {
        var optimizer = Make(s_file.Settings("optimizer", name));
        var initial = s_file.Given("initial");
        var gradients = s_file.Given("gradients");
        var expected = s_file.Reference($"{name}/parameters");
        using var network = Network(initial.Values.Length);
        initial.Values.CopyTo(network.ParameterSpan);
        for (var step = 0; step < gradients.Shape[0]; step++)
        {
            var before = network.ParameterSpan[..initial.Values.Length].ToArray();
            gradients.Row(step).Values.CopyTo(network.GradientSpan);
            network.Step(optimizer);
            var expectedBefore = step == 0 ? s_file.Reference("initial") : expected.Row(step - 1);
            Agreement.OfStep(expectedBefore, expected.Row(step), before, network.ParameterSpan[..before.Length]);
        }

        var start = s_file.Reference("initial");
        Agreement.OfTraining(start, expected.Row(gradients.Shape[0] - 1).Minus(start), network.ParameterSpan[..start.Values.Length]);
    }

    [Theory]
    [MemberData(nameof(Clippings))]
    public void Clipping_agrees_with_PyTorch(string name)
    {
        var settings = s_file.Settings("clipping", name);
        var (first, second) = (s_file.Given($"clipping/{name}/first"), s_file.Given($"clipping/{name}/second"));
        using var network = Network(first.Values.Length, second.Values.Length);
        network.ParameterSpan.Clear();
        var offset = (int)network.Info.Parameters[1].Offset;
        first.Values.CopyTo(network.GradientSpan);
        second.Values.CopyTo(network.GradientSpan[offset..]);

        network.Step(new Sgd(1) { ClipValue = Number(settings, "clipValue"), ClipNorm = Number(settings, "clipNorm") });

        var clipped = network.ParameterSpan.ToArray().Select(value => -value).ToArray();
        Agreement.OfTensor<float>(s_file.Reference($"clipping/{name}/first.clipped"), clipped.AsSpan(0, first.Values.Length), 1e-6);
        Agreement.OfTensor<float>(s_file.Reference($"clipping/{name}/second.clipped"), clipped.AsSpan(offset, second.Values.Length), 1e-6);
    }

    private static Optimizer Make(JsonElement settings)
    {
        var rate = settings.GetProperty("lr").GetDouble();
        var decay = settings.GetProperty("weightDecay").GetDouble();
        var (momentum, epsilon) = (Number(settings, "momentum") ?? 0, Number(settings, "eps") ?? 0);
        var (clipValue, clipNorm) = (Number(settings, "clipValue"), Number(settings, "clipNorm"));
        var (beta1, beta2) = settings.TryGetProperty("betas", out var betas) ? (betas[0].GetDouble(), betas[1].GetDouble()) : (0, 0);
        var nesterov = settings.TryGetProperty("nesterov", out var flag) && flag.GetBoolean();
        return settings.GetProperty("kind").GetString() switch
        {
            "SGD" => new Sgd(rate, momentum, nesterov, decay) { ClipValue = clipValue, ClipNorm = clipNorm },
            "Adagrad" => new Adagrad(rate, weightDecay: decay, epsilon: epsilon),
            "RMSprop" => new RmsProp(rate, Number(settings, "alpha")!.Value, momentum, decay, epsilon),
            "Adam" => new Adam(rate, beta1, beta2, epsilon, decay) { ClipValue = clipValue, ClipNorm = clipNorm },
            "AdamW" => new AdamW(rate, beta1, beta2, epsilon, decay),
            var kind => throw new InvalidOperationException($"There is no optimizer for {kind}."),
        };
    }

    private static double? Number(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    /// <summary>A network of vectors that nobody runs.</summary>
    private static NetworkCore Network(params int[] lengths)
    {
        var parameters = new List<ParameterInfo>();
        var offset = 0L;
        foreach (var length in lengths)
        {
            parameters.Add(new ParameterInfo($"p{parameters.Count}", [length], offset, ParameterLayout.Vector(length)));
            offset += parameters[^1].Layout.Length;
        }

        var info = new NetworkInfo { Name = "Vectors", InputSizes = [1], OutputSize = 1, Parameters = [.. parameters], Layers = [] };
        return new NetworkCore(info, 1, () => new LinearWorkspace(LinearNetwork.Describe(1, 1, classes: false)));
    }
}
