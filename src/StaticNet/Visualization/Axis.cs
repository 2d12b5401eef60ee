using System.Globalization;

namespace StaticNet.Execution;

/// <summary>An axis of a chart that begins and ends at round numbers, with some more between: multiples of 1, 2 or 5 times a power of ten.</summary>
internal sealed class Axis
{
    private const int MostSteps = 6;

    private readonly long _first;
    private readonly long _last;
    private readonly int _mantissa;
    private readonly int _exponent;

    /// <summary>An axis for finite values.</summary>
    /// <param name="least">The least value.</param>
    /// <param name="greatest">The greatest; where it is not more than the least, room is made on both sides.</param>
    /// <param name="whole">Whether there is nothing between whole numbers.</param>
    public Axis(double least, double greatest, bool whole = false)
    {
        if (greatest <= least)
        {
            var room = whole ? 1 : least == 0 ? 1 : Math.Abs(least) * 0.1;
            (least, greatest) = (least - room, greatest + room);
        }

        var step = (greatest - least) / MostSteps;
        _exponent = (int)Math.Floor(Math.Log10(step));
        _mantissa = Array.Find([1, 2, 5, 10], mantissa => mantissa * Math.Pow(10, _exponent) >= step);
        if (whole && _exponent < 0)
        {
            (_mantissa, _exponent) = (1, 0);
        }

        var unit = _mantissa * Math.Pow(10, _exponent);
        (_first, _last) = ((long)Math.Floor(least / unit), (long)Math.Ceiling(greatest / unit));
    }

    /// <summary>The round numbers from the beginning to the end, as they are written.</summary>
    public IEnumerable<string> Ticks
    {
        get
        {
            for (var i = _first; i <= _last; i++)
            {
                yield return Tick(i).ToString("G12", CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>Where a value is: 0 at the beginning, 1 at the end.</summary>
    public double Place(double value) => (value - Tick(_first)) / (Tick(_last) - Tick(_first));

    // Read from its digits, the number is the nearest there is to the one meant.
    private double Tick(long i) => double.Parse(FormattableString.Invariant($"{i * _mantissa}e{_exponent}"), CultureInfo.InvariantCulture);
}
