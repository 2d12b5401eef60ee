[assembly: AssemblyFixture(typeof(StaticNet.Package.Tests.Feed))]

namespace StaticNet.Package.Tests;

/// <summary>
/// A folder outside the repository with both packages. Projects in folders below it find them, and nothing else but what the machine has
/// restored already: no test needs a network.
/// </summary>
public sealed class Feed : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("staticnet-package-").FullName;

    /// <summary>The package of the library.</summary>
    public string Package => Path.Combine(_root, "feed", $"StaticNet.{Repository.Version}.nupkg");

    /// <summary>The package of its symbols.</summary>
    public string Symbols => Path.ChangeExtension(Package, ".snupkg");

    /// <summary>The package of the templates.</summary>
    public string Templates => Path.Combine(_root, "feed", $"StaticNet.Templates.{Repository.Version}.nupkg");

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(Pack("src/StaticNet"), Pack("src/templates"));
        File.WriteAllText(Path.Combine(_root, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{_root}/feed" /></packageSources>
              <config><add key="globalPackagesFolder" value="{_root}/packages" /></config>
              <fallbackPackageFolders><clear /><add key="restored" value="{Repository.Packages}" /></fallbackPackageFolders>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(_root, "Directory.Build.props"), """
            <Project>
              <PropertyGroup>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
            </Project>
            """);
    }

    /// <summary>A new folder for a project.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private Task<Command> Pack(string project) =>
        Command.Succeeding(_root, "pack", Repository.PathOf(project), "-c", Repository.Configuration, "--no-build", "-o", Path.Combine(_root, "feed"));
}
