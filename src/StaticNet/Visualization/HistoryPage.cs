using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace StaticNet.Execution;

/// <summary>A training history as one page of HTML that needs nothing else: charts in SVG, a table, light and dark. It is XML too.</summary>
internal static class HistoryPage
{
    private const string Validation = "val_";

    private const string Style = """

        :root { color-scheme: light dark; --page: #fff; --ink: #1f2328; --faint: #d1d9e0; --training: #0969da; --validation: #bc4c00; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #0d1117; --ink: #e6edf3; --faint: #3d444d; --training: #4493f8; --validation: #f0883e; }
        }
        body { background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
        figure { margin: 2rem 0; }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--ink); font-size: 12px; }
        line { stroke: var(--faint); }
        polyline { fill: none; stroke-width: 2; }
        polyline.training { stroke: var(--training); }
        polyline.validation { stroke: var(--validation); }
        circle.training { fill: var(--training); }
        circle.validation { fill: var(--validation); }
        figcaption { font-weight: 600; }
        span.training { color: var(--training); }
        span.validation { color: var(--validation); }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.15rem 0.8rem; text-align: right; border-bottom: 1px solid var(--faint); }
        div { overflow-x: auto; }

        """;

    private static readonly XNamespace s_html = "http://www.w3.org/1999/xhtml";

    /// <summary>Writes the page in UTF-8.</summary>
    public static void Write(Stream stream, History history, string title)
    {
        var page = new XElement(
            s_html + "html",
            new XAttribute("lang", "en"),
            new XElement(
                s_html + "head",
                new XElement(s_html + "meta", new XAttribute("charset", "utf-8")),
                new XElement(
                    s_html + "meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement(s_html + "title", title),
                new XElement(s_html + "style", Style)),
            new XElement(
                s_html + "body",
                new XElement(s_html + "h1", title),
                new XElement(s_html + "p", Sentence(history)),
                Charts(history),
                history.Count == 0 ? null : Table(history)));
        stream.Write(Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n{page}\n"));
    }

    private static string Sentence(History history)
    {
        var epochs = history.Count == 1 ? "1 epoch" : FormattableString.Invariant($"{history.Count} epochs");
        var reason = history.StopReason is null ? "" : $" Ended early: {history.StopReason}.";
        return FormattableString.Invariant($"{epochs}, {history.Seconds:F1} seconds of training steps.{reason}");
    }

    /// <summary>A chart for each value but the seconds, training and validation together.</summary>
    private static IEnumerable<XElement> Charts(History history) =>
        from name in history.SelectMany(epoch => epoch.Values).Select(pair => pair.Key).Distinct()
        where name != "seconds" && !name.StartsWith(Validation, StringComparison.Ordinal)
        let lines = new (string Kind, IReadOnlyList<(int, double)> Points)[]
        {
            ("training", Points(history, name)),
            ("validation", Points(history, Validation + name)),
        }.Where(line => line.Points.Count > 0).ToArray()
        let chart = LineChart.Draw(name, lines)
        where chart is not null
        select new XElement(s_html + "figure", Caption(name, [.. lines.Select(line => line.Kind)]), chart);

    private static XElement Caption(string name, string[] kinds) => new(
        s_html + "figcaption",
        name.Replace('_', ' '),
        kinds.Length < 2 ? null : kinds.Select(kind => new[]
        {
            new XText(" "),
            (XNode)new XElement(s_html + "span", new XAttribute("class", kind), $"● {kind}"),
        }));

    private static (int Epoch, double Value)[] Points(History history, string name) =>
        [.. history.Where(epoch => epoch.TryGet(name, out _)).Select(epoch => (epoch.Epoch, epoch[name]))];

    private static XElement Table(History history) => new(
        s_html + "div",
        new XElement(
            s_html + "table",
            new XElement(
                s_html + "tr",
                history[0].Values.Select(pair => pair.Key.Replace('_', ' ')).Prepend("epoch").Select(name => new XElement(s_html + "th", name))),
            history.Select(epoch => new XElement(
                s_html + "tr",
                epoch.Values.Select(pair => pair.Value.ToString("G5", CultureInfo.InvariantCulture))
                    .Prepend(epoch.Epoch.ToString(CultureInfo.InvariantCulture))
                    .Select(value => new XElement(s_html + "td", value))))));
}
