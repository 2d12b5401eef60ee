using StaticNet.CodeFixes;
using StaticNet.Generators.Diagnostics;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.CodeFixes;

/// <summary>Fixes of the class: partial, [Network], modifiers.</summary>
public class ClassFixTests
{
    [Theory]
    [InlineData("[Network, Input(4), Dense(2)]\npublic class Net;", "[Network, Input(4), Dense(2)]\npublic partial class Net;")]
    [InlineData(
        "namespace A\n{\n    /// <summary>Mine.</summary>\n    [Network, Input(4), Dense(2)]\n    class Net { }\n}",
        "namespace A\n{\n    /// <summary>Mine.</summary>\n    [Network, Input(4), Dense(2)]\n    partial class Net { }\n}")]
    [InlineData("[Network, Input(4), Dense(2)] internal sealed class Net;", "[Network, Input(4), Dense(2)] internal sealed partial class Net;")]
    public Task A_network_becomes_partial(string source, string expected) =>
        CodeFixRun.Expect<NetworkAnalyzer, MakePartialFix>(source, expected, "Make 'Net' partial");

    [Theory]
    [InlineData("[Input(4), Dense(2)]\npublic partial class Net;", "[Network]\n[Input(4), Dense(2)]\npublic partial class Net;")]
    [InlineData(
        "namespace A\r\n{\r\n    /// <summary>Mine.</summary>\r\n    [Input(4)]\r\n    [Dense(2)]\r\n    partial class Net;\r\n}",
        "namespace A\r\n{\r\n    /// <summary>Mine.</summary>\r\n    [Network]\r\n    [Input(4)]\r\n    [Dense(2)]\r\n    partial class Net;\r\n}")]
    public Task Layers_become_a_network(string source, string expected) =>
        CodeFixRun.Expect<NetworkAnalyzer, AddNetworkFix>(source, expected, "Add [Network]");

    [Theory]
    [InlineData("[Network, Input(4), Dense(2)]\npublic static partial class Net;", "[Network, Input(4), Dense(2)]\npublic partial class Net;", "static")]
    [InlineData("namespace A\n{\n    [Network, Input(4), Dense(2)]\n    abstract partial class Net;\n}", "namespace A\n{\n    [Network, Input(4), Dense(2)]\n    partial class Net;\n}", "abstract")]
    public Task A_class_becomes_ordinary(string source, string expected, string modifier) =>
        CodeFixRun.Expect<NetworkAnalyzer, OrdinaryClassFix>(source, expected, $"Remove '{modifier}'");

    [Fact]
    public Task A_base_class_is_not_removed() =>
        CodeFixRun.ExpectNothing<NetworkAnalyzer, OrdinaryClassFix>("[Network, Input(4), Dense(2)] partial class Net : Exception;");
}
