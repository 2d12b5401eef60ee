using System.Buffers.Binary;
using System.Text;
using StaticNet.Execution;

namespace StaticNet.Tests.Weights;

public class SafetensorsTests
{
    [Fact]
    public void File_without_tensors_is_golden()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [], new Dictionary<string, string>());
        Assert.Equal("0800000000000000" + "7b7d202020202020", Convert.ToHexStringLower(stream.ToArray()));
    }

    [Fact]
    public void File_of_a_matrix_and_a_vector_is_golden()
    {
        var layout = ParameterLayout.Matrix(2, 3);
        using var memory = new AlignedMemory(layout.Length + 16);
        var matrix = new StoredTensor("b.weight", [2, 3], layout, memory.Address);
        matrix.CopyFrom([1, 2, 3, 4, 5, 6]);
        var vector = new StoredTensor("a", [1], ParameterLayout.Vector(1), memory.Address + (nint)(layout.Length * sizeof(float)));
        vector.CopyFrom([-1]);

        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [matrix, vector], new Dictionary<string, string> { ["format"] = "pt" });

        var header = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"""
            + """ "b.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[4,28]}}""".TrimStart();
        header = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected =
        [
            .. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header),
            .. new[] { -1f, 1, 2, 3, 4, 5, 6 }.SelectMany(BitConverter.GetBytes),
        ];
        Assert.Equal(expected, stream.ToArray());
    }

    [Fact]
    public void All_types_of_real_numbers_are_read()
    {
        using var folder = new TemporaryFolder();
        byte[] data =
        [
            .. BitConverter.GetBytes(1.1), .. BitConverter.GetBytes(-2.5f), .. BitConverter.GetBytes((Half)0.333), 0x80, 0xBF, 7,
        ];
        var path = folder.Write("all", File("""
            {"d":{"dtype":"F64","shape":[],"data_offsets":[0,8]},"f":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},
            "h":{"dtype":"F16","shape":[1,1],"data_offsets":[12,14]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[14,16]},
            "i":{"dtype":"U8","shape":[1],"data_offsets":[16,17]},"z":{"dtype":"F32","shape":[3,0],"data_offsets":[17,17]}}
            """, data));

        using var reader = new SafetensorsReader(path);
        var entries = reader.Header.Entries.ToDictionary(entry => entry.Name);
        Assert.Equal(["b", "d", "f", "h", "z"], entries.Values.Where(SafetensorsReader.IsReal).Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal(1.1f, reader.Tensor(entries["d"])[0]);
        Assert.Equal(-2.5f, reader.Tensor(entries["f"])[0]);
        Assert.Equal((float)(Half)0.333, reader.Tensor(entries["h"])[0]);
        Assert.Equal(-1f, reader.Tensor(entries["b"])[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Tensor(entries["b"])[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Tensor(entries["z"])[0]);
        Assert.Throws<WeightFormatException>(() => reader.Tensor(entries["i"]));
    }

    [Theory]
    [InlineData("""[]""", 0, "no JSON object")]
    [InlineData("""{""", 0, "JSON")]
    [InlineData("""{"a":1}""", 0, "no JSON object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}""", 4, "unknown property")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}""", 4, "Q4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}""", 4, "list of numbers")]
    [InlineData("""{"a":{"dtype":1,"shape":[1],"data_offsets":[0,4]}}""", 4, "string")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,4]}}""", 4, "larger than any file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "begins at byte 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "has more appended")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "truncated")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "string")]
    [InlineData("""{"__metadata__":{"\ud800":"1"}}""", 0, "no valid JSON")]
    public void Defects_are_named(string header, int dataLength, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad", File(header, new byte[dataLength]));
        var error = Assert.Throws<WeightFormatException>(() => new SafetensorsReader(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000")]
    [InlineData("0900000000000000" + "7b7d")]
    [InlineData("ffffffffffffffff" + "7b7d")]
    [InlineData("0000000000000000")]
    [InlineData("504b030414000000" + "0800")]
    public void Foreign_and_truncated_files_are_refused(string hex)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("bad", Convert.FromHexString(hex));
        Assert.Throws<WeightFormatException>(() => new SafetensorsReader(path));
    }

    [Fact]
    public void Every_truncation_and_every_changed_byte_of_the_header_is_survived()
    {
        var whole = File("""{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""", new byte[16]);
        for (var i = 0; i < whole.Length; i++)
        {
            Check(whole[..i]);
            foreach (var change in new byte[] { 1, 0x20, 0x80, 0xFF })
            {
                var changed = whole.ToArray();
                changed[i] ^= change;
                Check(changed);
            }
        }

        static void Check(byte[] file)
        {
            try
            {
                _ = SafetensorsHeader.Read(new MemoryStream(file));
            }
            catch (WeightFormatException)
            {
                // What is not a valid file is said to be none; whatever else is thrown fails the test.
            }
        }
    }

    internal static byte[] File(string header, byte[] data)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        var file = new byte[sizeof(long) + bytes.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, bytes.Length);
        bytes.CopyTo(file, sizeof(long));
        data.CopyTo(file, sizeof(long) + bytes.Length);
        return file;
    }
}
