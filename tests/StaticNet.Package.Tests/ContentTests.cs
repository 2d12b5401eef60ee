using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace StaticNet.Package.Tests;

public sealed class ContentTests(Feed feed)
{
    /// <summary>All that the package has, but for the parts that the format itself demands.</summary>
    private static readonly string[] Files =
    [
        "README.md",
        "StaticNet.nuspec",
        "analyzers/dotnet/cs/StaticNet.CodeFixes.dll",
        "analyzers/dotnet/cs/StaticNet.Generators.dll",
        "buildTransitive/StaticNet.Weights.targets",
        "buildTransitive/StaticNet.props",
        "buildTransitive/StaticNet.targets",
        "icon.png",
        "lib/net10.0/StaticNet.dll",
        "lib/net10.0/StaticNet.xml",
        "lib/net9.0/StaticNet.dll",
        "lib/net9.0/StaticNet.xml",
        "tasks/netstandard2.0/StaticNet.Tasks.dll",
    ];

    [Fact]
    public void The_package_has_these_files_and_no_others() => Assert.Equal(Files, Entries(feed.Package));

    [Fact]
    public void Symbols_are_a_package_of_their_own() =>
        Assert.Equal(["StaticNet.nuspec", "lib/net10.0/StaticNet.pdb", "lib/net9.0/StaticNet.pdb"], Entries(feed.Symbols));

    [Fact]
    public void It_says_what_it_is_and_depends_on_nothing()
    {
        var nuspec = XDocument.Parse(Text(feed.Package, "StaticNet.nuspec")).Root!;
        var values = nuspec.Descendants().Where(element => !element.HasElements).ToLookup(element => element.Name.LocalName, element => element.Value);

        Assert.Equal(["StaticNet"], values["id"]);
        Assert.Equal([Repository.Version], values["version"]);
        Assert.Equal(["MIT"], values["license"]);
        Assert.Equal(["README.md"], values["readme"]);
        Assert.Equal(["icon.png"], values["icon"]);
        Assert.NotEmpty(values["description"].Single());
        Assert.NotEmpty(values["tags"].Single());
        Assert.NotEmpty(values["releaseNotes"].Single());
        Assert.Empty(values["dependency"]);
    }

    [Fact]
    public void Its_page_shows_the_program_of_the_readme_and_no_link_that_leads_nowhere()
    {
        var page = Text(feed.Package, "README.md");

        Assert.Equal(Repository.SmallestProgram, Repository.FirstProgram(page));
        Assert.DoesNotContain("](", page.Replace("](https://", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lib/net10.0/StaticNet.dll")]
    [InlineData("lib/net9.0/StaticNet.dll")]
    [InlineData("analyzers/dotnet/cs/StaticNet.Generators.dll")]
    [InlineData("analyzers/dotnet/cs/StaticNet.CodeFixes.dll")]
    [InlineData("tasks/netstandard2.0/StaticNet.Tasks.dll")]
    public void Assemblies_are_the_same_bytes_whenever_they_are_built(string file)
    {
        using var package = ZipFile.OpenRead(feed.Package);
        using var content = new MemoryStream();
        using (var entry = package.GetEntry(file)!.Open())
        {
            entry.CopyTo(content);
        }

        content.Position = 0;
        using var image = new PEReader(content);
        Assert.Contains(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Fact]
    public void Public_types_are_documented()
    {
        var members = XDocument.Parse(Text(feed.Package, "lib/net10.0/StaticNet.xml")).Descendants("member");
        var documented = members.Select(member => (string)member.Attribute("name")!).ToHashSet();

        // N0 to N999 are written once.
        var types = typeof(NetworkAttribute).Assembly.GetExportedTypes().Where(type => !typeof(IDimension).IsAssignableFrom(type));
        Assert.Equal([], types.Select(type => $"T:{type.FullName!.Replace('+', '.')}").Where(type => !documented.Contains(type)));
    }

    [Fact]
    public void Templates_use_the_package_as_it_is_now()
    {
        using var package = ZipFile.OpenRead(feed.Templates);
        var names = package.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(".csproj", StringComparison.Ordinal));
        var projects = names.Select(name => Text(feed.Templates, name)).ToList();

        Assert.Equal(2, projects.Count);
        Assert.All(projects, project =>
            Assert.Contains($"<PackageReference Include=\"StaticNet\" Version=\"{Repository.Version}\" />", project, StringComparison.Ordinal));
    }

    private static string Text(string package, string file)
    {
        using var archive = ZipFile.OpenRead(package);
        using var reader = new StreamReader(archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    private static List<string> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return archive.Entries.Select(entry => entry.FullName)
            .Where(name => name.Split('/')[0] is not ("_rels" or "package" or "[Content_Types].xml"))
            .Order(StringComparer.Ordinal)
            .ToList();
    }
}
