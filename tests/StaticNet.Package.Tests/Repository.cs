using System.Reflection;

namespace StaticNet.Package.Tests;

/// <summary>What the build knows of the repository these tests are from.</summary>
internal static class Repository
{
    /// <summary>The configuration that was built.</summary>
    public static string Configuration { get; } = Metadata(nameof(Configuration));

    /// <summary>The packages' version.</summary>
    public static string Version { get; } = Metadata(nameof(Version));

    /// <summary>Where NuGet keeps the packages that the build has restored.</summary>
    public static string Packages { get; } = Metadata(nameof(Packages));

    /// <summary>A file or folder of the repository.</summary>
    public static string PathOf(string path) => Path.Combine(Metadata(nameof(Repository)), path);

    /// <summary>The smallest program of README.md.</summary>
    public static string SmallestProgram => FirstProgram(File.ReadAllText(PathOf("README.md")));

    /// <summary>The first block of C# on a page.</summary>
    public static string FirstProgram(string page)
    {
        const string Begin = "```csharp\n";
        var text = page.ReplaceLineEndings("\n");
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
