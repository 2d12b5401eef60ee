using System.Globalization;
using System.Xml.Linq;

namespace StaticNet.Execution;

/// <summary>Values over epochs as lines in SVG. The colours are those of the classes <c>training</c> and <c>validation</c>.</summary>
internal static class LineChart
{
    private const double Width = 640;
    private const double Height = 300;
    private const double Left = 72;
    private const double Right = 12;
    private const double Top = 12;
    private const double Bottom = 44;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws a chart; null if there is no finite value.</summary>
    /// <param name="name">What the values are.</param>
    /// <param name="lines">Their kinds, each with its values by epoch.</param>
    public static XElement? Draw(string name, IReadOnlyList<(string Kind, IReadOnlyList<(int Epoch, double Value)> Points)> lines)
    {
        var finite = lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.Value)).ToArray();
        if (finite.Length == 0)
        {
            return null;
        }

        var epochs = new Axis(finite.Min(point => point.Epoch), finite.Max(point => point.Epoch), whole: true);
        var values = new Axis(finite.Min(point => point.Value), finite.Max(point => point.Value));
        return new XElement(
            s_svg + "svg",
            new XAttribute("viewBox", FormattableString.Invariant($"0 0 {Width} {Height}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", $"{name} by epoch"),
            values.Ticks.SelectMany(tick => ValueTick(tick, Y(values, Number(tick)))),
            epochs.Ticks.SelectMany(tick => EpochTick(tick, X(epochs, Number(tick)))),
            Text((Left + Width - Right) / 2, Height - 6, "middle", "epoch"),
            lines.SelectMany(line => Line(line.Kind, line.Points, epochs, values)));
    }

    private static IEnumerable<XElement> ValueTick(string tick, double y) =>
        [Rule(Left, y, Width - Right, y), Text(Left - 8, y + 4, "end", tick)];

    private static IEnumerable<XElement> EpochTick(string tick, double x) =>
        [Rule(x, Height - Bottom, x, Height - Bottom + 5), Text(x, Height - Bottom + 20, "middle", tick)];

    /// <summary>A line with a dot at each value; where values are not finite it is interrupted.</summary>
    private static IEnumerable<XElement> Line(string kind, IReadOnlyList<(int Epoch, double Value)> points, Axis epochs, Axis values)
    {
        var run = new List<string>();
        foreach (var (epoch, value) in points.Append((0, double.NaN)))
        {
            if (double.IsFinite(value))
            {
                run.Add($"{Written(X(epochs, epoch))},{Written(Y(values, value))}");
                continue;
            }

            if (run.Count > 1)
            {
                yield return new XElement(
                    s_svg + "polyline", new XAttribute("class", kind), new XAttribute("points", string.Join(' ', run)));
            }

            run.Clear();
        }

        foreach (var (epoch, value) in points.Where(point => double.IsFinite(point.Value)))
        {
            yield return new XElement(
                s_svg + "circle",
                new XAttribute("class", kind),
                new XAttribute("cx", Written(X(epochs, epoch))),
                new XAttribute("cy", Written(Y(values, value))),
                new XAttribute("r", "2.5"),
                new XElement(s_svg + "title", FormattableString.Invariant($"{kind}, epoch {epoch}: {value:G6}")));
        }
    }

    private static XElement Rule(double x1, double y1, double x2, double y2) => new(
        s_svg + "line",
        new XAttribute("x1", Written(x1)),
        new XAttribute("y1", Written(y1)),
        new XAttribute("x2", Written(x2)),
        new XAttribute("y2", Written(y2)));

    private static XElement Text(double x, double y, string anchor, string text) => new(
        s_svg + "text", new XAttribute("x", Written(x)), new XAttribute("y", Written(y)), new XAttribute("text-anchor", anchor), text);

    private static double X(Axis epochs, double epoch) => Left + (epochs.Place(epoch) * (Width - Left - Right));

    private static double Y(Axis values, double value) => Height - Bottom - (values.Place(value) * (Height - Top - Bottom));

    private static double Number(string tick) => double.Parse(tick, CultureInfo.InvariantCulture);

    private static string Written(double coordinate) => coordinate.ToString("0.##", CultureInfo.InvariantCulture);
}
