namespace StaticNet.Package.Tests;

/// <summary>Projects that have nothing but the package: warnings are errors in them.</summary>
public sealed class ConsumerTests(Feed feed)
{
    private const string Answers = @"^0\.0. (0\.9.|1\.00) (0\.9.|1\.00) 0\.0.$";

    [Fact]
    public async Task A_program_uses_a_network_of_its_own_and_one_of_a_library()
    {
        var folder = feed.Folder("console");
        Write(folder, "Library/Library.csproj", Project("<GenerateDocumentationFile>true</GenerateDocumentationFile>"));
        Write(folder, "Library/Sums.cs", """
            using StaticNet;

            namespace Library;

            /// <summary>Adds up.</summary>
            [Network]
            [Input(3)]
            [Dense(1, UseBias = false)]
            public partial class Sums;
            """);
        Write(folder, "Program/Program.csproj", Project("<OutputType>Exe</OutputType>", "<ProjectReference Include=\"../Library/Library.csproj\" />"));
        Write(folder, "Program/Program.cs", Repository.SmallestProgram);
        Write(folder, "Program/Total.cs", """
            using System.Runtime.CompilerServices;
            using Library;

            internal static class Total
            {
                [ModuleInitializer]
                internal static void Print()
                {
                    using var sums = new Sums(seed: 1);
                    sums.Dense1.Weight.CopyFrom([1, 1, 1]);
                    float[] total = new float[1];
                    sums.Predict([1, 2, 4], total);
                    Console.WriteLine(total[0]);
                }
            }
            """);

        var run = await Command.Succeeding(folder, "run", "--project", "Program", "-c", "Release");

        Assert.Equal("7", run.Lines[0]);
        Assert.Matches(Answers, run.Lines[^1]);
    }

    [Fact]
    public async Task A_file_is_a_program()
    {
        var folder = feed.Folder("file");

        // Run as they are, programs of one file are also prepared for native compilation, by packages that not every feed has.
        Write(folder, "xor.cs", $"#:package StaticNet@{Repository.Version}\n#:property PublishAot=false\n{Repository.SmallestProgram}");

        Assert.Matches(Answers, (await Command.Succeeding(folder, "run", "xor.cs")).Lines[^1]);
    }

    [Fact]
    public async Task Compilers_and_languages_that_are_too_old_are_told()
    {
        var folder = feed.Folder("old");
        Write(folder, "Old.csproj", Project(""));
        Write(folder, "Net.cs", "[StaticNet.Network, StaticNet.Input(2), StaticNet.Dense(1)] public partial class Net { }");
        await Command.Succeeding(folder, "restore");
        var compiler = OldCompiler.Write(Path.Combine(folder, "compiler"));

        var language = await Command.DotNet(folder, "build", "--no-restore", "-p:LangVersion=11");
        var version = await Command.DotNet(folder, "build", "--no-restore", $"-p:CSharpCoreTargetsPath={compiler}");

        Assert.Contains("error SN1002: StaticNet generates C# 12, but LangVersion is 11", language.Output, StringComparison.Ordinal);
        Assert.Contains("1 Error(s)", language.Output, StringComparison.Ordinal);
        Assert.Contains(
            "error SN1001: StaticNet's generator needs the C# compiler 4.14 or later, but this build uses 4.8.0.0", version.Output, StringComparison.Ordinal);
        Assert.Contains("1 Error(s)", version.Output, StringComparison.Ordinal);
    }

    private static void Write(string folder, string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Project(string properties, string references = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="StaticNet" Version="{Repository.Version}" />
            {references}
          </ItemGroup>
        </Project>
        """;
}
