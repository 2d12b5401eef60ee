using System.Reflection;
using System.Reflection.Emit;

namespace StaticNet.Package.Tests;

/// <summary>A folder that looks as that of a compiler of 2023 does, to the build: an assembly with its name and version, and targets.</summary>
internal static class OldCompiler
{
    /// <summary>Makes the folder.</summary>
    /// <returns>The targets that a build imports.</returns>
    public static string Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "bincore"));
        var name = new AssemblyName("Microsoft.CodeAnalysis.CSharp") { Version = new Version(4, 8, 0, 0) };
        var assembly = new PersistedAssemblyBuilder(name, typeof(object).Assembly);
        assembly.DefineDynamicModule(name.Name!);
        assembly.Save(Path.Combine(folder, "bincore", $"{name.Name}.dll"));

        var targets = Path.Combine(folder, "Microsoft.CSharp.Core.targets");
        File.WriteAllText(targets, """<Project><Target Name="CoreCompile"><Error Text="The compiler has been run." /></Target></Project>""");
        return targets;
    }
}
