using System.Globalization;
using StaticNet.Generators.Tests.Harness;

namespace StaticNet.Generators.Tests.Golden;

/// <summary>The same declaration gives the same bytes, wherever and whenever it is compiled.</summary>
public class StabilityTests
{
    public static TheoryData<string> Names => Networks.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Neither_culture_nor_path_nor_order_changes_a_byte(string name)
    {
        var source = Networks.All[name];
        var expected = GeneratorRun.Start(TestCompilation.Create(source), new NetworkGenerator()).Files;

        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Foreign();
            var elsewhere = TestCompilation.Create("class Unrelated;").AddFile(source.ReplaceLineEndings("\r\n"), "C:\\Elsewhere\\ß\\Net.cs");
            Assert.Equal(expected, GeneratorRun.Start(elsewhere, new NetworkGenerator()).Files);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }

        Assert.All(expected, file => Assert.DoesNotContain('\r', file.Text));
        Assert.All(expected, file => Assert.DoesNotContain(file.Text.Split('\n'), line => line.Length > 0 && char.IsWhiteSpace(line[^1])));
        Assert.All(expected, file => Assert.EndsWith("}\n", file.Text, StringComparison.Ordinal));
    }

    /// <summary>A culture in which no number is written as in C#: decimal commas, another minus, grouped digits.</summary>
    private static CultureInfo Foreign()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = new NumberFormatInfo
        {
            NumberDecimalSeparator = ",",
            NumberGroupSeparator = ".",
            NegativeSign = "−",
            PositiveSign = "⁺",
            NaNSymbol = "keine",
            PositiveInfinitySymbol = "∞",
        };
        return culture;
    }
}
