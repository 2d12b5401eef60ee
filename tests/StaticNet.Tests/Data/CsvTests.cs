namespace StaticNet.Tests.Data;

public class CsvTests
{
    [Fact]
    public void Target_is_last_unless_told_otherwise()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data.csv", "x, y,class\n1.5,-2,1\n\n3e2,4,0\n");
        var data = Csv.Load<Shape<N2>, ClassIndex<N2>>(path);
        Assert.Equal([1.5f, -2, 300, 4], data.Inputs);
        Assert.Equal([1, 0], (int[])data.Targets);

        var swapped = Csv.Load<Shape<N1>, Shape<N2>>(path, new CsvOptions { InputColumns = ["class"], TargetColumns = ["y", "x"] });
        Assert.Equal([1, 0], swapped.Inputs);
        Assert.Equal([-2, 1.5f, 4, 300], (float[])swapped.Targets);
    }

    [Fact]
    public void Classes_have_names_and_fields_have_quotes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data.csv", "cat;\"1\"\n\"dog \"\"big\"\"; brown\";2\n");
        var options = new CsvOptions
        {
            HasHeader = false,
            Separator = ';',
            TargetColumns = ["0"],
            ClassNames = ["dog \"big\"; brown", "cat"],
        };
        var data = Csv.Load<Shape<N1>, ClassIndex<N2>>(path, options);
        Assert.Equal([1, 2], data.Inputs);
        Assert.Equal([1, 0], (int[])data.Targets);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("x,y,c\n1,2\n", "line 2: 2 fields where 3 should be")]
    [InlineData("x,y,c\n1,2,0\n1,abc,0\n", "line 3, column 'y': 'abc' is no finite number")]
    [InlineData("x,y,c\n1,NaN,0\n", "column 'y': 'NaN'")]
    [InlineData("x,y,c\n1,1e99,0\n", "column 'y': '1e99'")]
    [InlineData("x,y,c\n1,2,2\n", "column 'c': '2' is no class index from 0 to 1")]
    [InlineData("x,y,c\n1,2,-1\n", "'-1' is no class index")]
    [InlineData("x,y,c\n1,2,0.5\n", "'0.5' is no class index")]
    [InlineData("x,y,c\n1,\"2,0\n", "a quote is opened")]
    [InlineData("x,y,z,c\n1,2,3,0\n", "3 of them for the input, which needs 2")]
    [InlineData("c\n1\n", "0 of them for the input")]
    public void Defects_are_named(string content, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data.csv", content);
        var error = Assert.Throws<InvalidDataException>(() => Csv.Load<Shape<N2>, ClassIndex<N2>>(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_columns_and_classes_are_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("data.csv", "x,c\n1,bird\n");
        Assert.Contains("no column 'k'; it has 'x', 'c'", Assert.Throws<InvalidDataException>(
            () => Csv.Load<Shape<N1>, ClassIndex<N2>>(path, new CsvOptions { TargetColumns = ["k"] })).Message, StringComparison.Ordinal);
        Assert.Contains("'bird' is none of the 2 classes cat, dog", Assert.Throws<InvalidDataException>(
            () => Csv.Load<Shape<N1>, ClassIndex<N2>>(path, new CsvOptions { ClassNames = ["cat", "dog"] })).Message, StringComparison.Ordinal);
    }
}
