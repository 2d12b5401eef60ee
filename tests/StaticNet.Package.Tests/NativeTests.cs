using System.Runtime.InteropServices;

namespace StaticNet.Package.Tests;

public sealed class NativeTests(Feed feed)
{
    private const long LargestExecutable = 3_000_000;

    [Fact]
    public async Task EdgeDigits_is_a_small_native_executable_that_reads_digits_as_the_runtime_does()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "It is published for linux-x64.");
        Assert.SkipUnless(HasLinker(), "Linking needs clang or gcc, and zlib's development files.");
        var folder = feed.Folder("edge");
        Copy(Repository.PathOf("samples/EdgeDigits"), folder);
        var images = Directory.GetFiles(Repository.PathOf("samples/EdgeDigits/digits")).Order(StringComparer.Ordinal).ToArray();

        var executable = Path.Combine(folder, "out", "EdgeDigits");

        var publish = await Command.Succeeding(folder, "publish", "-r", "linux-x64", "-o", "out");
        var native = await Command.Run(folder, executable, images);
        var runtime = await Command.DotNet(folder, ["exec", "--roll-forward", "Major", "bin/Release/net9.0/linux-x64/EdgeDigits.dll", .. images]);

        Assert.DoesNotContain("warning", publish.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("SN1003: StaticNet compiles for processors with AVX2 and FMA.", publish.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(executable).Length, 1, LargestExecutable);
        Assert.Equal((0, 0), (native.ExitCode, runtime.ExitCode));
        Assert.Equal(10, native.Lines.Length);
        Assert.Equal(runtime.Output, native.Output);
        Assert.True(await CountMultiplyAdds(executable, "ymm") > 200, "It hardly has products of 256 bits.");
        Assert.Equal(0, await CountMultiplyAdds(executable, "zmm"));
    }

    /// <summary>Fused multiply-adds of one width of vectors, by the disassembler that came with the linker.</summary>
    private static async Task<int> CountMultiplyAdds(string executable, string register)
    {
        var listing = await Command.Run(Path.GetDirectoryName(executable)!, "objdump", "-d", "--no-show-raw-insn", executable);
        Assert.Equal(0, listing.ExitCode);
        return listing.Lines.Count(line => line.Contains("vfmadd", StringComparison.Ordinal) && line.Contains(register, StringComparison.Ordinal));
    }

    /// <summary>The sample as a project of a user: with the package in place of the repository.</summary>
    private static void Copy(string sample, string folder)
    {
        foreach (var file in Directory.GetFiles(sample))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var project = Path.Combine(folder, "EdgeDigits.csproj");
        File.WriteAllText(project, File.ReadAllText(project)
            .Replace("<UsesStaticNet>true</UsesStaticNet>", "<InvariantGlobalization>true</InvariantGlobalization>", StringComparison.Ordinal)
            .Replace(
                "</Project>",
                $"""<ItemGroup><PackageReference Include="StaticNet" Version="{Repository.Version}" /></ItemGroup></Project>""",
                StringComparison.Ordinal));
    }

    private static bool HasLinker()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);
        return File.Exists("/usr/include/zlib.h")
            && folders.Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
    }
}
