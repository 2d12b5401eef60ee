using System.Globalization;
using StaticNet.Benchmarks.Workloads;

namespace StaticNet.Benchmarks.Compare;

/// <summary>The arguments of <c>compare</c>.</summary>
internal sealed record CompareOptions
{
    public const string Usage =
        "compare [--device cpu|cuda] [--quick] [--workload NAME] [--mode inference|training] [--batch N] [--threads N] [--json FILE]";

    public Device Device { get; init; } = Device.Cpu;

    public bool Quick { get; init; }

    /// <summary>One workload's name, or null for all.</summary>
    public string? Workload { get; init; }

    /// <summary>The only batch size, or null for those of each workload.</summary>
    public int? Batch { get; init; }

    public IReadOnlyList<Mode> Modes { get; init; } = [Mode.Inference, Mode.Training];

    public int Threads { get; init; } = 1;

    /// <summary>Where to write the rows, or null.</summary>
    public string? JsonPath { get; init; }

    /// <summary>How long either side runs before it is timed.</summary>
    public TimeSpan WarmUp => TimeSpan.FromMilliseconds(Quick ? 200 : 700);

    /// <summary>How long a comparison goes on.</summary>
    public TimeSpan Budget => TimeSpan.FromSeconds(Quick ? 1.5 : 10);

    /// <summary>The batch sizes to compare at; none in a mode that a GPU's workload is not compared in.</summary>
    public IReadOnlyList<int> Batches(NetworkShape shape, Mode mode)
    {
        var batches = shape.Batches(mode);
        return Batch is { } batch && (Device == Device.Cpu || batches.Count > 0) ? [batch] : batches;
    }

    /// <exception cref="FormatException">An argument is not understood.</exception>
    public static CompareOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new CompareOptions();
        for (var index = 0; index < arguments.Length; index++)
        {
            var name = arguments[index];
            if (name == "--quick")
            {
                options = options with { Quick = true };
                continue;
            }

            if (++index == arguments.Length)
            {
                throw new FormatException($"{name} needs a value, or is not known.");
            }

            options = options.With(name, arguments[index]);
        }

        return options;
    }

    private CompareOptions With(string name, string value) => (name, value) switch
    {
        ("--device", "cpu") => this with { Device = Device.Cpu },
        ("--device", "cuda") => this with { Device = Device.Cuda },
        ("--workload", _) => this with { Workload = value },
        ("--mode", "inference") => this with { Modes = [Mode.Inference] },
        ("--mode", "training") => this with { Modes = [Mode.Training] },
        ("--batch", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var batch) && batch >= 1 =>
            this with { Batch = batch },
        ("--threads", _) when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var threads)
            && threads >= 1 && threads <= Environment.ProcessorCount => this with { Threads = threads },
        ("--threads", _) => throw new FormatException(
            $"--threads takes 1 to {Environment.ProcessorCount}, the processors of this machine, not {value}."),
        ("--json", _) => this with { JsonPath = value },
        _ => throw new FormatException($"{name} {value} is not understood."),
    };
}
