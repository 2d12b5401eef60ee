using StaticNet.Generators.Passes;

namespace StaticNet.Generators.Backends.Ptx;

/// <summary>A launch of a kernel of a module, with what the kernel touches.</summary>
/// <param name="Layer">What it computes, in the words of the declaration.</param>
/// <param name="Name">The kernel's name in the module.</param>
/// <param name="Kernel">The kernel.</param>
internal sealed record PtxLaunch(string Layer, string Name, PtxKernel Kernel);

/// <summary>The kernels of a network. Those with the same text are one, whichever layers they work for.</summary>
/// <param name="options">What the network declares of its kernels.</param>
internal sealed class PtxKernelModule(PtxOptions options)
{
    private const string Head = ".version 7.4\n.target sm_80\n.address_size 64\n";

    /// <summary>Stands for a kernel's name until equal texts have been found.</summary>
    private const string AnyName = "kernel";

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private bool _hasDynamicShared;

    /// <summary>The launches of a program, whose kernels are added or found.</summary>
    public IReadOnlyList<PtxLaunch> Add(NetworkProgram program) =>
    [
        .. program.Kernels.Skip(program.First).Take(program.End - program.First)
            .SelectMany(kernel => PtxKernels.Of(kernel, program.Plan, options).Select(ptx => new PtxLaunch(NetworkProgram.Origins(kernel), NameOf(ptx), ptx))),
    ];

    /// <summary>The module as the driver takes it.</summary>
    public override string ToString() =>
        Head + (_hasDynamicShared ? $".extern .shared .align 16 .b8 {PtxWriter.DynamicSharedName}[];\n" : "") + string.Concat(_texts.Select(text => "\n" + text));

    private string NameOf(PtxKernel kernel)
    {
        var text = kernel.Text(AnyName);
        if (!_names.TryGetValue(text, out var name))
        {
            name = kernel.Name;
            for (var suffix = 2; !_taken.Add(name); suffix++)
            {
                name = $"{kernel.Name}_{suffix}";
            }

            _names[text] = name;
            _texts.Add(kernel.Text(name));
            _hasDynamicShared |= kernel.SharedBytes > 0;
        }

        return name;
    }
}
