using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Diagnostics;

/// <summary>What the editor says about the network <c>Net</c>, expected as marks in the text.</summary>
internal static class NetworkRule
{
    /// <summary>Asserts what is said about attribute lists, each mark with its message.</summary>
    public static Task Says(string attributes, params string[] messages) =>
        InFile($"[Network]\n{attributes}\npublic partial class Net;\n", messages);

    /// <summary>Asserts that attribute lists are all right.</summary>
    public static Task Accepts(string attributes) => Says(attributes);

    /// <summary>Asserts what is said about a whole file.</summary>
    public static Task InFile(string source, params string[] messages) => AnalyzerRun.Expect<NetworkAnalyzer>(source, messages);
}
