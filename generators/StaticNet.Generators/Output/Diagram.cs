using System.Globalization;
using StaticNet.Generators.Parsing;

namespace StaticNet.Generators.Output;

/// <summary>
/// A network as a picture, in the text of a program that draws: a box for each input and layer, arrows along the values, a frame around
/// each block.
/// </summary>
internal abstract class Diagram
{
    private int _layers;
    private int _frames;

    protected SourceWriter Writer { get; } = new();

    public string Draw(NetworkModel model)
    {
        using (Begin(model.Spec.Name))
        {
            for (var i = 0; i < model.Inputs.Count; i++)
            {
                Terminal($"v{i}", [model.Inputs[i].Name, SummaryTable.Text(model.Inputs[i].Shape)]);
            }

            _layers = model.Inputs.Count;
            DrawChildren(LayerTree.Of(model));
            Terminal("output", ["output", SummaryTable.Text(model.Output)]);
            for (var i = 0; i < model.Layers.Count; i++)
            {
                foreach (var operand in model.Layers[i].Operands.Where(value => value != Connections.Unknown))
                {
                    Arrow($"v{operand}", $"v{model.Inputs.Count + i}");
                }
            }

            Arrow($"v{model.OutputValue}", "output");
        }

        return Writer.ToString();
    }

    private void DrawChildren(LayerTree parent)
    {
        foreach (var child in parent.Children)
        {
            if (child.Layer is { } layer)
            {
                Box($"v{Next(ref _layers)}", [$"{child.Name}: {layer.Text}", SummaryTable.Text(layer.Shape)]);
                continue;
            }

            using (Frame($"b{Next(ref _frames)}", child.Block is { } block ? $"{child.Name}: {block}" : child.Name))
            {
                DrawChildren(child);
            }
        }
    }

    private static string Next(ref int number) => number++.ToString(CultureInfo.InvariantCulture);

    protected abstract SourceWriter.Block Begin(string name);

    protected abstract SourceWriter.Block Frame(string id, string title);

    protected abstract void Box(string id, string[] lines);

    /// <summary>The box of an input or of the output.</summary>
    protected abstract void Terminal(string id, string[] lines);

    protected abstract void Arrow(string from, string to);
}

/// <summary>In the language of Mermaid, which GitHub and many editors draw. https://mermaid.js.org/syntax/flowchart.html</summary>
internal sealed class MermaidDiagram : Diagram
{
    protected override SourceWriter.Block Begin(string name) => Writer.Indented("flowchart TD");

    protected override SourceWriter.Block Frame(string id, string title) => Writer.Indented($"subgraph {id} [{Quoted([title])}]", "end");

    protected override void Box(string id, string[] lines) => Writer.Line($"{id}[{Quoted(lines)}]");

    protected override void Terminal(string id, string[] lines) => Writer.Line($"{id}([{Quoted(lines)}])");

    protected override void Arrow(string from, string to) => Writer.Line($"{from} --> {to}");

    /// <summary>What has a meaning in Mermaid's labels, or in the HTML and Markdown that they may be, is written as a number.</summary>
    private static string Quoted(string[] lines) => $"\"{string.Join("<br/>", lines.Select(Escaped))}\"";

    private static string Escaped(string text) => string.Concat(text.Select(c =>
        c is '"' or '#' or '&' or '<' or '>' or '`' or '*' or '_' or '\\' ? $"#{((int)c).ToString(CultureInfo.InvariantCulture)};" : c.ToString()));
}

/// <summary>In the language of Graphviz. https://graphviz.org/doc/info/lang.html</summary>
internal sealed class DotDiagram : Diagram
{
    protected override SourceWriter.Block Begin(string name)
    {
        var block = Writer.Indented($"digraph {Quoted([name])} {{", "}");
        Writer.Line("node [shape=box];");
        return block;
    }

    protected override SourceWriter.Block Frame(string id, string title)
    {
        var block = Writer.Indented($"subgraph cluster_{id} {{", "}");
        Writer.Line($"label={Quoted([title])};");
        return block;
    }

    protected override void Box(string id, string[] lines) => Writer.Line($"{id} [label={Quoted(lines)}];");

    protected override void Terminal(string id, string[] lines) => Writer.Line($"{id} [label={Quoted(lines)}, shape=ellipse];");

    protected override void Arrow(string from, string to) => Writer.Line($"{from} -> {to};");

    private static string Quoted(string[] lines) =>
        $"\"{string.Join("\\n", lines.Select(line => line.Replace("\\", "\\\\").Replace("\"", "\\\"")))}\"";
}
