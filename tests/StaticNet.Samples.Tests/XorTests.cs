namespace StaticNet.Samples.Tests;

public sealed class XorTests
{
    [Fact]
    public async Task Answers_are_right_and_those_of_the_readme()
    {
        var run = await Sample.Run("Xor");
        var readme = File.ReadAllText(Sample.File("Xor", "README.md")).ReplaceLineEndings("\n");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(string.Join('\n', run.Output[^4..]), readme, StringComparison.Ordinal);
        Assert.Matches(@"^0 xor 0 is 1 with probability 0\.00\d\d; right is 0$", run.Output[^4]);
        Assert.Matches(@"^0 xor 1 is 1 with probability 0\.99\d\d; right is 1$", run.Output[^3]);
        Assert.Matches(@"^1 xor 0 is 1 with probability 0\.99\d\d; right is 1$", run.Output[^2]);
        Assert.Matches(@"^1 xor 1 is 1 with probability 0\.00\d\d; right is 0$", run.Output[^1]);
    }
}
