using System.Globalization;

namespace StaticNet;

/// <summary>What the names of a file's layers tell: the order of those that are numbered, and which are on the way around a residual.</summary>
internal static class LayerNames
{
    /// <summary>
    /// Compares piece by piece: numbers by value, and <c>conv2d</c> goes before <c>conv2d_1</c>. Null where the first difference is one of words,
    /// which have no order.
    /// </summary>
    public static int? Compare(string left, string right)
    {
        var (a, b) = (Pieces(left), Pieces(right));
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            if (a[i] == b[i])
            {
                continue;
            }

            // Nobody numbers a layer 00; were it taken for 0, two layers would be one.
            return Number(a[i]) is { } x && Number(b[i]) is { } y ? x.CompareTo(y) : null;
        }

        var longer = a.Count > b.Count ? a : b;
        return a.Count == b.Count || Number(longer[Math.Min(a.Count, b.Count)]) is null ? null : a.Count.CompareTo(b.Count);
    }

    /// <summary>Whether names call it the way around a residual's body.</summary>
    public static bool IsShortcut(string layer) => layer.Split('.', '/').Any(part => part is "shortcut" or "downsample");

    /// <summary>
    /// The layer that a normalisation without window or inputs follows: in the same module, of the same number (<c>bn1</c> follows
    /// <c>conv1</c>), or the one numbered before (<c>1</c> follows <c>0</c>). Null where names do not tell.
    /// </summary>
    public static string? Before(string layer, IEnumerable<string> others)
    {
        var (module, name) = FileTensor.Split(layer, '.');
        var siblings = others.Where(other => other != layer && FileTensor.Split(other, '.').Layer == module).ToList();
        if (Number(name) is { } number)
        {
            return siblings.Where(other => Number(FileTensor.Split(other, '.').Leaf) < number).MaxBy(other => Number(LastPiece(other)));
        }

        var same = siblings.Where(other => LastPiece(other) == LastPiece(layer)).ToList();
        return Number(LastPiece(layer)) is not null && same is [var only] ? only : null;
    }

    private static string LastPiece(string layer) => Pieces(layer) is [.., var last] ? last : "";

    private static long? Number(string piece) =>
        long.TryParse(piece, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == piece
            ? number
            : null;

    /// <summary>Runs of digits, and of what is neither a digit nor a separator.</summary>
    private static List<string> Pieces(string name)
    {
        var pieces = new List<string>();
        var begin = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || IsSeparator(name[i]) || IsSeparator(name[begin]) || char.IsAsciiDigit(name[i]) != char.IsAsciiDigit(name[begin]))
            {
                if (!IsSeparator(name[begin]))
                {
                    pieces.Add(name[begin..i]);
                }

                begin = i;
            }
        }

        return pieces;

        static bool IsSeparator(char c) => c is '.' or '/' or '_';
    }
}
