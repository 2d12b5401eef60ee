using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>Writes what a class tells about its network, whether it learns or has learned.</summary>
internal sealed class DescriptionWriter(NetworkModel model)
{
    /// <summary>What stands before the class: its namespace, and the table of its layers as documentation.</summary>
    public void WriteHead(SourceWriter writer)
    {
        if (model.Spec.Namespace.Length > 0)
        {
            writer.Line($"namespace {model.Spec.Namespace};").Line();
        }

        writer.Line("/// <remarks>").Line("/// <code>");
        foreach (var line in SummaryTable.Lines(model))
        {
            writer.Line($"/// {line.Replace("&", "&amp;").Replace("<", "&lt;")}");
        }

        writer.Line("/// </code>").Line("/// </remarks>");
        writer.Line("[global::System.CodeDom.Compiler.GeneratedCode(\"StaticNet\", \"0.1\")]");
    }

    public void WriteSizes(SourceWriter writer)
    {
        writer.Line("/// <summary>Trained values.</summary>");
        writer.Line($"public const long ParameterCount = {SummaryTable.Parameters(model)};").Line();
        writer.Line("/// <summary>Multiply-adds of the forward pass for one sample.</summary>");
        writer.Line($"public const long MultiplyAdds = {SummaryTable.MultiplyAdds(model)};").Line();
    }

    public void WriteSummary(SourceWriter writer)
    {
        writer.Line("/// <summary>The network as a table: layer, declaration, output shape, parameters, multiply-adds, bytes of the output.</summary>");
        writer.Line($"public const string Summary = {TypeNames.Literal(string.Join("\n", SummaryTable.Lines(model)))};").Line();
    }
}
