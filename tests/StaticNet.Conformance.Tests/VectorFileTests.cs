using System.Buffers.Binary;
using System.Text;

namespace StaticNet.Conformance.Tests;

public class VectorFileTests
{
    [Theory]
    [InlineData("mlp", 2)]
    [InlineData("activations", 0)]
    [InlineData("every-activation", 1)]
    [InlineData("losses", 26)]
    [InlineData("regularization", 3)]
    [InlineData("optimizers", 0)]
    [InlineData("schedules", 0)]
    [InlineData("graphs", 6)]
    [InlineData("convolutions", 52)]
    [InlineData("pooling", 31)]
    [InlineData("normalizations", 16)]
    [InlineData("image-networks", 2)]
    public void Every_committed_file_is_whole(string name, int cases)
    {
        var file = VectorFile.Open(name);
        Assert.NotEmpty(file.Metadata["about"]);
        Assert.Equal(cases, file.Described("case").Count());
        foreach (var tensor in file.Names.Where(tensor => !tensor.EndsWith("arget", StringComparison.Ordinal)))
        {
            var values = file.Reference(tensor);
            Assert.Equal(values.Shape.Aggregate(1, (size, extent) => size * extent), values.Values.Length);
            Assert.All(values.Values, value => Assert.True(double.IsFinite(value)));
        }
    }

    [Fact]
    public void Draws_are_those_of_the_script() =>
        Assert.Equal([0.21659899f, 0.9794872f, 0.6126363f], VectorDraw.Uniform(seed: 5, count: 3, exponent: 0));

    [Fact]
    public void Rows_that_repeat_are_there_as_often_as_they_are()
    {
        const string Header = """{"__metadata__":{"repeated:t":"{\"rows\":5}"},"t":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}""";
        var file = VectorFile.Parse("t", Bytes(Header, 8, 0, 0, 128, 63));
        Assert.Equal([5, 1], file.Given("t").Shape);
        Assert.Equal([1, 0, 1, 0, 1], file.Given("t").Values);
        Assert.Equal([1.0, 0, 1, 0, 1], file.Reference("t").Values);
    }

    [Fact]
    public void Names_that_do_not_exist_are_told()
    {
        var file = VectorFile.Open("losses");
        Assert.Throws<FileNotFoundException>(() => VectorFile.Open("nothing"));
        Assert.Throws<KeyNotFoundException>(() => file.Given("nothing"));
        Assert.Throws<KeyNotFoundException>(() => file.Section("hub"));
        Assert.Throws<KeyNotFoundException>(() => file.Description("case", "nothing"));
    }

    [Fact]
    public void Tensors_are_not_read_as_another_type()
    {
        var batch = VectorFile.Open("losses").Section("huber").Batch(5);
        Assert.Throws<InvalidDataException>(() => batch.Given("output"));
        Assert.Throws<InvalidDataException>(() => batch.Indices("target"));
    }

    [Fact]
    public void Rows_and_positions_follow_the_shape()
    {
        var tensor = VectorFile.Parse("t", Bytes("""{"t":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}""", 24)).Given("t");
        Assert.Equal("[1, 2]", tensor.Position(5));
        Assert.Equal([3], tensor.Row(1).Shape);
        Assert.Equal(tensor.Values[3..], tensor.Row(1).Values);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Row(2));
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7)]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9)]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12)]
    [InlineData("""{"t":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"t":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"t":{"dtype":"F32","shape":[2]}}""", 8)]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}""", 8)]
    public void Malformed_files_are_refused(string header, int dataLength) =>
        Assert.Throws<InvalidDataException>(() => VectorFile.Parse("t", Bytes(header, dataLength)));

    [Fact]
    public void Truncated_headers_are_refused()
    {
        var file = Bytes("{}", 0);
        Assert.Throws<InvalidDataException>(() => VectorFile.Parse("t", file[..^1]));
        Assert.Throws<InvalidDataException>(() => VectorFile.Parse("t", file[..7]));
    }

    private static byte[] Bytes(string header, int dataLength, params byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        data.CopyTo(file, 8 + text.Length);
        return file;
    }
}
