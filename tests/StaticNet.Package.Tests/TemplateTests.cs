namespace StaticNet.Package.Tests;

public sealed class TemplateTests(Feed feed)
{
    [Fact]
    public async Task Both_templates_make_programs_that_run()
    {
        var folder = feed.Folder("templates");
        string[] hive = ["--debug:custom-hive", Path.Combine(folder, "hive")];
        await Command.Succeeding(folder, ["new", "install", feed.Templates, .. hive]);
        await Command.Succeeding(folder, ["new", "staticnet-console", "-o", "Gate", .. hive]);
        await Command.Succeeding(folder, ["new", "staticnet-classifier", "-o", "Colours", "--Framework", "net9.0", .. hive]);

        var console = await Command.Succeeding(folder, "run", "--project", "Gate");
        Assert.Equal(Repository.SmallestProgram, File.ReadAllText(Path.Combine(folder, "Gate", "Program.cs")));
        Assert.Matches(@"^0\.0. (0\.9.|1\.00) (0\.9.|1\.00) 0\.0.$", console.Lines[^1]);

        // Started by the runtime of these tests, which may be the only one.
        var project = Path.Combine(folder, "Colours");
        await Command.Succeeding(project, "build");
        string[] program = ["exec", "--roll-forward", "Major", "bin/Debug/net9.0/Colours.dll"];
        var training = await Command.Succeeding(project, program);
        var prediction = await Command.Succeeding(project, [.. program, "predict", "95", "2.5"]);
        var mistake = await Command.DotNet(project, [.. program, "predict", "95"]);

        Assert.Matches(@"\n120 samples, loss 0\.\d+, accuracy (0\.9\d+|1\.0000)", training.Output);
        Assert.Matches(@"^(red|green|blue) +\d+\.\d %$", prediction.Lines[0]);
        Assert.Equal(3, prediction.Lines.Length);
        Assert.Equal(2, mistake.ExitCode);
    }
}
