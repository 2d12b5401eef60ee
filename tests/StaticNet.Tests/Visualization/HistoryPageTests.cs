using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace StaticNet.Tests.Visualization;

public sealed class HistoryPageTests : IDisposable
{
    private static readonly XNamespace s_html = "http://www.w3.org/1999/xhtml";
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static readonly string[] s_kinds = ["training", "validation"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Curves_are_where_the_axes_say()
    {
        var history = History.FromCsv("""
            epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds
            1,2.31,0.1,2.2,0.12,0.001,1
            2,1.5,0.55,1.61,0.5,0.0005,1
            3,0.25,0.91,0.4,0.8765,0.00001,1.5
            """);
        var page = Save(history);

        var figures = page.Descendants(s_html + "figure").ToArray();
        Assert.Equal(["loss ● training ● validation", "accuracy ● training ● validation", "learning rate"], figures.Select(figure => figure.Element(s_html + "figcaption")!.Value));
        foreach (var (figure, names) in figures.Zip<XElement, string[]>([["loss", "val_loss"], ["accuracy", "val_accuracy"], ["learning_rate"]]))
        {
            Assert.Equal(names.Length, figure.Descendants(s_svg + "polyline").Count());
            foreach (var (kind, name) in s_kinds.Zip(names))
            {
                var points = figure.Descendants(s_svg + "polyline").Single(line => (string?)line.Attribute("class") == kind).Attribute("points")!.Value
                    .Split(' ').Select(point => Array.ConvertAll(point.Split(','), Number)).ToArray();
                var scale = history[name].Max(Math.Abs);
                Assert.Equal([1, 2, 3], points.Select(point => Math.Round(Read(figure, "middle", "x", point[0]), 2)));
                Assert.All(points.Zip(history[name]), pair => Assert.Equal(pair.Second, Read(figure, "end", "y", pair.First[1]), 1e-3 * scale));
            }
        }

        Assert.Equal(4, page.Descendants(s_html + "tr").Count());
        Assert.Contains("0.8765", page.Descendants(s_html + "td").Select(cell => cell.Value));
        Assert.StartsWith("3 epochs, 3.5 seconds", page.Descendants(s_html + "p").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_is_interrupted_where_there_is_no_number()
    {
        var page = Save(Losses(3, 2, double.NaN, 1, double.PositiveInfinity, 2, 1, 0.5), "seconds");
        Assert.Equal([2, 3], page.Descendants(s_svg + "polyline").Select(line => line.Attribute("points")!.Value.Split(' ').Length));
        Assert.Equal(6, page.Descendants(s_svg + "circle").Count());
        Assert.Equal("training, epoch 4: 1", page.Descendants(s_svg + "title").ElementAt(2).Value);
    }

    [Fact]
    public void There_may_be_one_epoch_or_none()
    {
        var one = Save(Losses(0));
        Assert.Single(one.Descendants(s_svg + "circle"));
        Assert.Empty(one.Descendants(s_svg + "polyline"));
        Assert.Empty(Save(Losses(double.NaN)).Descendants(s_svg + "svg"));
        Assert.Empty(Save(History.FromCsv("")).Descendants(s_html + "table"));
    }

    [Fact]
    public void Page_needs_nothing_else_and_knows_the_dark()
    {
        var history = Losses(1, 0.5);
        history.StopReason = "loss < 1 & falling";
        var page = Save(history, title: "<Runs> & \"losses\"");

        Assert.Equal("<Runs> & \"losses\"", page.Descendants(s_html + "h1").Single().Value);
        Assert.Contains("loss < 1 & falling", page.Descendants(s_html + "p").Single().Value, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page.Descendants(s_html + "style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => !attribute.IsNamespaceDeclaration && attribute.Value.Contains("://", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", File.ReadAllText(_folder["page.html"]), StringComparison.Ordinal);

        // What HTML takes for the beginning of an element may not be written as an empty one of XML.
        var empty = page.Descendants().Where(element => element.Name.Namespace == s_html && element.IsEmpty).Select(element => element.Name.LocalName);
        Assert.Equal(["meta"], empty.Distinct());
    }

    [Fact]
    public void Failure_leaves_what_was_there()
    {
        var history = Losses(1);
        Directory.CreateDirectory(_folder["folder.html"]);
        Assert.ThrowsAny<SystemException>(() => history.SaveHtml(_folder["folder.html"]));
        _folder.Write("page.html", "before");
        Assert.Throws<ArgumentException>(() => history.SaveHtml(_folder["page.html"], "\u0001"));
        Assert.Equal("before", File.ReadAllText(_folder["page.html"]));
        Assert.Equal(["page.html"], _folder.Files);
        Assert.Throws<ArgumentException>(() => history.SaveHtml(""));
        Assert.Throws<ArgumentNullException>(() => history.SaveHtml(_folder["page.html"], null!));
    }

    /// <summary>A history of losses alone.</summary>
    private static History Losses(params double[] losses)
    {
        var history = new History();
        foreach (var loss in losses)
        {
            history.Add(new EpochResult(history.Count + 1, [new("loss", loss), new("seconds", 1)]));
        }

        return history;
    }

    private XDocument Save(History history, string? title = null)
    {
        if (title is null)
        {
            history.SaveHtml(_folder["page.html"]);
        }
        else
        {
            history.SaveHtml(_folder["page.html"], title);
        }

        Assert.StartsWith("<!DOCTYPE html>\n<html ", File.ReadAllText(_folder["page.html"]), StringComparison.Ordinal);
        using var reader = XmlReader.Create(_folder["page.html"], new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    /// <summary>What the ticks of an axis say of a place, between the first and the last of them.</summary>
    private static double Read(XElement figure, string anchor, string coordinate, double place)
    {
        var ticks = figure.Descendants(s_svg + "text")
            .Where(text => (string?)text.Attribute("text-anchor") == anchor && text.Value != "epoch")
            .Select(text => (Place: Number(text.Attribute(coordinate)!.Value) - (coordinate == "y" ? 4 : 0), Value: Number(text.Value)))
            .ToArray();
        Assert.InRange(ticks.Length, 2, 9);
        var (first, last) = (ticks[0], ticks[^1]);
        return first.Value + ((place - first.Place) / (last.Place - first.Place) * (last.Value - first.Value));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
