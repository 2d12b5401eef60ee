using System.Buffers.Binary;
using System.Text.RegularExpressions;
using StaticNet.Execution;
using StaticNet.Tests.Training;

namespace StaticNet.Tests.Weights;

/// <summary>Whatever happens to a file of weights: it is loaded whole, or it is refused and nothing has changed.</summary>
public sealed partial class WeightFuzzTests
{
    private const int Files = 100_000;

    /// <summary>A NaN that no file has: parameters are full of it before each load.</summary>
    private const int Untouched = 0x7FC1_2345;

    private static readonly NetworkInfo s_info = WeightFileTests.Describe(("dense1", 3, 5), ("dense2", 2, 3));

    private static readonly string[] s_numbers =
        ["0", "1", "5", "12", "-1", "1e3", "2.0", "00", "2147483648", "9223372036854775807", "9223372036854775808", "\"5\"", "null", "[]", "{}"];

    private static readonly string[] s_words =
        ["F32", "F64", "F16", "BF16", "U8", "I64", "dtype", "shape", "data_offsets", "__metadata__", "0.bias", "00.bias", "weight", "dense1.bias", "\\ud800", ""];

    private static readonly string[] s_signs = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\0", " "];

    [Fact]
    public void Mutated_files_are_loaded_whole_or_refused()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("STATICNET_EXPECT_WIDTH") is null, "Files know no vector width.");
        using var folder = new TemporaryFolder(inMemory: true);
        using var network = new NetworkCore(s_info, 1, () => new LinearWorkspace(s_info));
        (string Header, byte[] Data)[] originals =
            [File("dense1", "dense2", "F32"), File("model.0", "model.3", "F32"), File("dense1", "dense2", "F16"), File("2", "10", "F64")];
        var random = new Random(1);
        var (loaded, refused) = (0, 0);
        for (var i = 0; i < Files; i++)
        {
            var path = folder.Write("net", Mutate(random, originals[i % originals.Length]));
            network.ParameterSpan.Fill(BitConverter.Int32BitsToSingle(Untouched));
            var strict = random.Next(2) == 0;
            try
            {
                var report = WeightFile.Load(network, path, strict);
                var taken = s_info.Parameters.Where(parameter => IsTaken(network, parameter)).Select(parameter => parameter.Name);
                Assert.Equal(report.Matched, taken);
                Assert.True(report.IsExact || !strict);
                loaded++;
            }
            catch (WeightFormatException)
            {
                Assert.DoesNotContain(network.ParameterSpan.ToArray(), value => BitConverter.SingleToInt32Bits(value) != Untouched);
                refused++;
            }
        }

        // Neither is the rare case.
        Assert.InRange(loaded, Files / 20, Files);
        Assert.InRange(refused, Files / 4, Files);
    }

    /// <summary>Whether a parameter was loaded: all of it with its padding, or nothing.</summary>
    private static bool IsTaken(NetworkCore network, ParameterInfo parameter)
    {
        var values = network.ParameterSpan.Slice((int)parameter.Offset, (int)parameter.Layout.Length).ToArray();
        var untouched = values.Count(value => BitConverter.SingleToInt32Bits(value) == Untouched);
        Assert.True(untouched == 0 || untouched == values.Length, $"{parameter.Name}: {untouched} of {values.Length} elements were not loaded.");
        return untouched == 0;
    }

    private static (string Header, byte[] Data) File(string first, string second, string type)
    {
        var (bytes, position) = (type switch { "F64" => 8, "F32" => 4, _ => 2 }, 0);
        var entries = new List<string>();
        (string, int[])[] tensors = [($"{first}.weight", [3, 5]), ($"{first}.bias", [3]), ($"{second}.weight", [2, 3]), ($"{second}.bias", [2])];
        foreach (var (name, shape) in tensors)
        {
            var end = position + (shape.Aggregate(1, (size, extent) => size * extent) * bytes);
            entries.Add($$"""
                "{{name}}":{"dtype":"{{type}}","shape":[{{string.Join(",", shape)}}],"data_offsets":[{{position}},{{end}}]}
                """);
            position = end;
        }

        return ($$"""{"__metadata__":{"format":"pt"},{{string.Join(",", entries)}}}""", [.. Enumerable.Range(0, position).Select(i => (byte)(i % 60))]);
    }

    /// <summary>One to three changes to the header's text, to the data, or to the file as a whole.</summary>
    private static byte[] Mutate(Random random, (string Header, byte[] Data) original)
    {
        var (header, data) = (original.Header, (byte[])original.Data.Clone());
        for (var changes = random.Next(3); changes >= 0; changes--)
        {
            switch (random.Next(8))
            {
                case 0: header = Replace(random, header, Number(), s_numbers); break;
                case 1: header = Replace(random, header, Word(), s_words); break;
                case 2: header = Replace(random, header, Sign(), s_signs); break;
                case 3: header = Splice(random, header); break;
                case 4: data[random.Next(data.Length)] = (byte)random.Next(256); break;
                case 5: data = random.Next(2) == 0 ? data[..random.Next(data.Length)] : [.. data, (byte)random.Next(256)]; break;
                case 6: header += new string(' ', random.Next(9)); break;
                default: return Whole(random, SafetensorsTests.File(header, data));
            }

            if (data.Length == 0)
            {
                break;
            }
        }

        return SafetensorsTests.File(header, data);
    }

    private static byte[] Whole(Random random, byte[] file)
    {
        switch (random.Next(4))
        {
            case 0: return file[..random.Next(file.Length)];
            case 1: file[random.Next(8)] = (byte)random.Next(256); break;
            case 2: BinaryPrimitives.WriteInt64LittleEndian(file, random.NextInt64()); break;
            default: file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8)); break;
        }

        return file;
    }

    private static string Replace(Random random, string text, Regex what, string[] with)
    {
        var matches = what.Matches(text);
        if (matches.Count == 0)
        {
            return text;
        }

        var match = matches[random.Next(matches.Count)];
        return text[..match.Index] + with[random.Next(with.Length)] + text[(match.Index + match.Length)..];
    }

    /// <summary>A piece of the text once more, or not at all.</summary>
    private static string Splice(Random random, string text)
    {
        var begin = random.Next(text.Length);
        var end = random.Next(begin, Math.Min(text.Length, begin + 80));
        return random.Next(2) == 0 ? text[..begin] + text[end..] : text[..end] + text[begin..];
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    [GeneratedRegex(@"[\w.]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"[{}\[\],:""]")]
    private static partial Regex Sign();
}
