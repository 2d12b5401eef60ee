using System.Runtime.InteropServices;

namespace StaticNet.Package.Tests;

public sealed class NativeTests(Feed feed)
{
    /// <summary>Bytes of code at most: what an executable has besides its weights.</summary>
    private const long MostCode = 3_000_000;

    private static readonly string[] Digits =
    [
        "five.pgm", "four.pgm", "nine.pgm", "one.pgm", "seven.pgm", "three-eight-six.raw", "two.pgm", "zero.pgm",
    ];

    /// <summary>The pixels of a vertical line.</summary>
    private static IEnumerable<string> Stroke =>
        Enumerable.Range(0, 784).Select(pixel => pixel % 28 is 13 or 14 && pixel / 28 is > 4 and < 23 ? " 65535" : " 0");

    /// <summary>Files, what is in them, and what the program says of them.</summary>
    private static readonly (string File, string Content, string Line)[] Files =
    [
        ("small.pgm", "P5 28 27 255 ", "small.pgm: The image has 28 × 27 pixels, but 28 × 28 are needed."),
        ("black.pgm", "P2 28 28 0 ", "black.pgm: The brightest value is 0, but must be from 1 to 65535."),
        ("short.pgm", "P5 28 28 65535\nshort", "short.pgm: 1568 bytes of pixels should follow the header, but 5 do."),
        ("few.pgm", "P2\n# 28 28\n28 28 255 1 2 3", "few.pgm: Byte 26 should begin a number, the pixel."),
        ("bright.pgm", "P2 28 28 15 0 16", "bright.pgm: Pixel 1 is 16, brighter than the brightest value, 15."),
        ("text.txt", "five", "text.txt: It begins with neither P5 nor P2, so it is no PGM file, and it has 4 bytes, no multiple of 784, so it is not "
            + "raw."),
        ("drawn.pgm", $"P2 28 28 65535{string.Concat(Stroke)}", "drawn.pgm: 1 (100.00 %)"),
    ];

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
        Assert.InRange(new FileInfo(executable).Length - new FileInfo(Path.Combine(folder, "mnist.safetensors")).Length, 1, MostCode);
        Assert.Equal((0, 0), (native.ExitCode, runtime.ExitCode));
        Assert.Equal(10, native.Lines.Length);
        Assert.Equal(runtime.Output, native.Output);
        Assert.True(await CountMultiplyAdds(executable, "ymm") > 100, "It hardly has products of 256 bits.");
        Assert.Equal(0, await CountMultiplyAdds(executable, "zmm"));
        await AssertReadsAndRefuses(executable);
    }

    /// <summary>The program as its page shows it, and with files of other kinds.</summary>
    private static async Task AssertReadsAndRefuses(string executable)
    {
        var page = File.ReadAllText(Repository.PathOf("samples/EdgeDigits/README.md")).ReplaceLineEndings("\n");
        var shown = await Command.Run(Repository.PathOf("."), executable, [.. Digits.Select(digit => $"samples/EdgeDigits/digits/{digit}")]);
        Assert.Contains($"```\n{shown.Output.ReplaceLineEndings("\n")}```", page, StringComparison.Ordinal);

        var folder = Path.GetDirectoryName(executable)!;
        foreach (var (file, content, line) in Files)
        {
            File.WriteAllText(Path.Combine(folder, file), content);
            var run = await Command.Run(folder, executable, file);
            Assert.Equal((line.Contains(" %)", StringComparison.Ordinal) ? 0 : 1, line), (run.ExitCode, run.Lines[0]));
        }

        Assert.Equal(1, (await Command.Run(folder, executable, "nowhere.pgm")).ExitCode);
        Assert.Equal(2, (await Command.Run(folder, executable)).ExitCode);
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
