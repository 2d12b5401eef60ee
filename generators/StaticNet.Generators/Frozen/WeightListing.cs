using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace StaticNet.Generators.Frozen;

/// <summary>One tensor of a file of weights.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Shape">Its extents in PyTorch's order; empty for a scalar.</param>
/// <param name="Layout">In which order it lies in the resource: the text of the run time's <c>ParameterLayout</c>.</param>
/// <param name="Offset">Where it begins in the resource, in floats; null when it is not there.</param>
/// <param name="Data">Its values as text; null when there are too many of them.</param>
internal sealed record ListedTensor(string Name, int[] Shape, string Layout, long? Offset, string? Data)
{
    /// <summary>Values in a tensor that the generator sees whatever they are: it computes with them.</summary>
    public const int FewValues = 16 * 1024;

    /// <summary>Values other than zero that a matrix of mostly zeros may have to become a part of the code.</summary>
    public const int FewNonZeros = 128 * 1024;

    /// <summary>The share of a matrix that must be zero to be worth leaving out, in percent.</summary>
    public const int SparsePercent = 70;

    /// <summary>Row by row in PyTorch's order; null when the generator does not see them.</summary>
    public float[]? Values
    {
        get
        {
            if (Data is null)
            {
                return null;
            }

            using var packed = new MemoryStream(Convert.FromBase64String(Data));
            using var stream = new DeflateStream(packed, CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var values = new float[bytes.Length / sizeof(float)];
            Buffer.BlockCopy(bytes.ToArray(), 0, values, 0, values.Length * sizeof(float));
            return values;
        }
    }

    /// <summary>Whether a tensor is a matrix of so many zeros that only the others are kept: it is not in the resource then.</summary>
    public static bool IsSparse(int[] shape, float[] values)
    {
        var nonZeros = values.Count(value => value != 0);
        return shape.Length == 2 && (long)nonZeros * 100 <= (long)values.Length * (100 - SparsePercent) && nonZeros <= FewNonZeros;
    }

    /// <summary>Values as <see cref="Data"/> has them.</summary>
    public static string Pack(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        using var packed = new MemoryStream();
        using (var stream = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(bytes, 0, bytes.Length);
        }

        return Convert.ToBase64String(packed.ToArray());
    }
}

/// <summary>
/// A file of weights as the generator sees it. It can read neither that file nor any other, only text that the build gives it, so that
/// a task of the build (<c>StaticNet.Tasks</c>) writes this text: what the file has, where in a resource of the assembly each tensor lies
/// in the order of the kernels, and the values of those that the generator computes with.
/// </summary>
/// <param name="Resource">The resource's name in the assembly.</param>
/// <param name="Floats">How many values the resource has, padding included.</param>
/// <param name="Tensors">The tensors in the order of the file.</param>
internal sealed record WeightListing(string Resource, long Floats, IReadOnlyList<ListedTensor> Tensors)
{
    private const string Title = "StaticNet weights 1";

    /// <exception cref="FormatException">The text is no listing of this version.</exception>
    public static WeightListing Parse(string text)
    {
        var lines = text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 3 || lines[0] != Title)
        {
            throw new FormatException($"The first line should be '{Title}'.");
        }

        return new WeightListing(lines[1], long.Parse(lines[2], CultureInfo.InvariantCulture), [.. lines.Skip(3).Select(ParseTensor)]);
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(Title).Append('\n').Append(Resource).Append('\n').Append(Floats.ToString(CultureInfo.InvariantCulture)).Append('\n');
        foreach (var tensor in Tensors)
        {
            var shape = string.Join(" ", tensor.Shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
            var offset = tensor.Offset?.ToString(CultureInfo.InvariantCulture) ?? "-";
            text.Append(tensor.Name).Append('\t').Append(shape).Append('\t').Append(tensor.Layout).Append('\t').Append(offset).Append('\t').Append(tensor.Data ?? "-").Append('\n');
        }

        return text.ToString();
    }

    private static ListedTensor ParseTensor(string line)
    {
        var parts = line.Split('\t');
        if (parts.Length != 5)
        {
            throw new FormatException($"A line should have five parts, not {parts.Length}.");
        }

        int[] shape = [.. parts[1].Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))];
        long? offset = parts[3] == "-" ? null : long.Parse(parts[3], CultureInfo.InvariantCulture);
        return new ListedTensor(parts[0], shape, parts[2], offset, parts[4] == "-" ? null : parts[4]);
    }
}
