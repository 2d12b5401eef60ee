using System.Globalization;
using System.Text;

namespace StaticNet;

/// <summary>How often samples of one class were taken for another: a row for each true class, a column for each predicted one.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;

    internal ConfusionMatrix(int classes)
    {
        Classes = classes;
        _counts = new long[(long)classes * classes];
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>How many samples of class <paramref name="actual"/> were predicted to be <paramref name="predicted"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int actual, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)actual, (uint)Classes, nameof(actual));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes, nameof(predicted));
            return _counts[(actual * (long)Classes) + predicted];
        }
    }

    /// <summary>All samples.</summary>
    public long Total => _counts.Sum();

    /// <summary>Samples on the diagonal.</summary>
    internal long Right => Enumerable.Range(0, Classes).Sum(i => this[i, i]);

    /// <summary>A table; the largest numbers should stand on its diagonal.</summary>
    public override string ToString()
    {
        var width = Math.Max(_counts.Max(), Classes - 1).ToString(CultureInfo.InvariantCulture).Length + 1;
        var text = new StringBuilder("actual \\ predicted\n").Append(' ', width);
        for (var column = 0; column < Classes; column++)
        {
            text.Append(Cell(column, width));
        }

        for (var row = 0; row < Classes; row++)
        {
            text.Append('\n').Append(Cell(row, width));
            for (var column = 0; column < Classes; column++)
            {
                text.Append(Cell(this[row, column], width));
            }
        }

        return text.ToString();
    }

    internal void Add(int actual, int predicted) => _counts[(actual * (long)Classes) + predicted]++;

    internal ClassScores Scores(int which)
    {
        var (found, said) = (0L, 0L);
        for (var other = 0; other < Classes; other++)
        {
            found += this[which, other];
            said += this[other, which];
        }

        return ClassScores.From(this[which, which], said - this[which, which], found - this[which, which]);
    }

    private static string Cell(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width);
}
